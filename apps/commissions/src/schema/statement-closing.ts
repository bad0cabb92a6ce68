/**
 * A posting carries the time at which it was made, and is seen once its transaction commits. Statements close
 * an hour after their month (statement-period.ts); so that nothing is posted into a closed one, a transaction
 * that posts is refused at its commit when it took longer than this.
 */
export const STATEMENT_CLOSING: readonly string[] = [
  `create function commissions.longest_posting() returns interval language sql immutable
     return interval '10 minutes'`,
  `create function commissions.refuse_late_commit() returns trigger language plpgsql as $$
    begin
      if clock_timestamp() - transaction_timestamp() > commissions.longest_posting() then
        raise exception 'a transaction that posts to the ledger must commit within %',
          commissions.longest_posting() using errcode = 'object_not_in_prerequisite_state';
      end if;
      return null;
    end $$`,
  `create constraint trigger committed_in_time after insert on commissions.posting_group
     deferrable initially deferred for each row execute function commissions.refuse_late_commit()`,
];
