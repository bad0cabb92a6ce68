import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#database';
import { type Id, newId, NotFound } from '#kernel';
import type { CustomerFacts, Decision, StackingPolicy, SubjectFacts } from '#rules';
import { Counters } from '../judging/counters.js';
import { currentOpinions } from '../judging/current-opinions.js';
import { CustomerUsages } from '../judging/customer-usages.js';
import { NO_HISTORY } from '../judging/history.js';
import type { ProgramName } from '../judging/membership.js';
import type { BookedVersion } from '../judging/offer-book.js';
import type { Opinion } from '../judging/opinion.js';
import { readOfferBook } from '../judging/read-offer-book.js';
import { openCounters } from '../judging/applicable-offers.js';
import { requireProgram } from '../offer/offer.js';
import { nameOfCustomer, readCustomers } from '../subject/customer-store.js';
import type { Credit, Subject } from '../subject/subject.js';
import { readOnly } from './read-only.js';
import { decideReferralOf, type Referral } from './simulated-action.js';

/** Whose it would be: a customer's of the company, with all that is known of them, or somebody's yet to come. */
export type SimulatedCustomer =
  | { readonly kind: 'known'; readonly customerId: Id<'Customer'> }
  | ({ readonly kind: 'imagined' } & CustomerFacts);

/** Something that could happen: what, to whom, and who could have referred it. */
export interface Scenario {
  readonly facts: SubjectFacts;
  readonly customer: SimulatedCustomer;
  readonly referral: Referral;
}

/** What one offer would say, and the version it says it by. */
export interface SimulatedOffer {
  readonly name: string;
  readonly version: BookedVersion;
  readonly opinion: Opinion;
}

export interface Simulation {
  readonly decision: Decision;
  readonly stacking: StackingPolicy;
  /** Empty when nobody is credited. */
  readonly offers: readonly SimulatedOffer[];
}

/**
 * Answers "this click, this order: who gets what, when, by which rule" with the rules that judge real ones and
 * the tiers and budgets as they stand now. Nothing is recorded, nobody is told, nothing takes a place.
 */
@Injectable()
export class Simulate {
  constructor(private readonly database: Database) {}

  /**
   * @throws NotFound when the company has no such program or customer
   * @throws InvalidInput `simulation.unknown_partnership`
   */
  execute(program: ProgramName, scenario: Scenario): Promise<Simulation> {
    return readOnly(this.database, program.companyId, async (tx) => {
      await requireProgram(tx, program.companyId, program.programId);
      const decision = await decideReferralOf(tx, program, scenario.referral);
      const winner = decision.winner?.membership ?? null;
      const book = await readOfferBook(
        tx,
        winner ? [{ ...program, partnershipId: winner.partnershipId }] : [],
      );
      const subject = subjectOf(program.companyId, scenario, winner);
      const counters = await Counters.read(tx, openCounters(subject, NO_HISTORY, book));
      const { facts, usages } = await customerOf(tx, subject, scenario.customer);
      const opinions = currentOpinions(subject, facts, NO_HISTORY, { book, counters, usages });
      const names = await readNames(tx, program);
      return {
        decision,
        stacking: book.stacking(program, scenario.facts.occurredAt),
        offers: opinions.flatMap((opinion) => {
          const version = book.version(program, opinion.offerId, opinion.offerVersion);
          return version ? [{ name: names.get(opinion.offerId) ?? '', version, opinion }] : [];
        }),
      };
    });
  }
}

const subjectOf = (
  companyId: Id<'Company'>,
  { facts, customer }: Scenario,
  credit: Credit | null,
): Subject => ({
  companyId,
  kind: facts.kind,
  key: 'simulation',
  customerId: customer.kind === 'known' ? customer.customerId : newId('Customer'),
  credit,
  facts,
  deletion: null,
  evaluations: 0,
});

async function customerOf(
  tx: Transaction,
  subject: Subject,
  customer: SimulatedCustomer,
): Promise<{ facts: CustomerFacts; usages: CustomerUsages }> {
  if (customer.kind === 'imagined') return { facts: customer, usages: CustomerUsages.none() };
  const known = await readCustomers(tx, [subject]);
  const facts = known.get(nameOfCustomer(subject.companyId, subject.customerId));
  if (!facts) throw new NotFound('customer');
  return { facts, usages: await CustomerUsages.read(tx, [subject], []) };
}

async function readNames(
  tx: Transaction,
  { companyId, programId }: ProgramName,
): Promise<Map<string, string>> {
  const rows = await tx.query<{ offer_id: string; name: string }>(
    'select offer_id, name from commissions.offer where company_id = $1 and program_id = $2',
    [companyId, programId],
  );
  return new Map(rows.map(({ offer_id, name }) => [offer_id, name]));
}
