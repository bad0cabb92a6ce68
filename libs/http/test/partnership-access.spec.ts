import { type Id, newId, publicId } from '#kernel';
import { type PartnerPrincipal, PartnershipAccess } from '#http';
import { type OpenDatabase, openDatabase } from '#testing';

describe('partnership access', () => {
  let opened: OpenDatabase;
  let access: PartnershipAccess;

  beforeAll(async () => {
    opened = await openDatabase('commissions');
    access = new PartnershipAccess(opened.database);
  });

  afterAll(() => opened.close());

  const partner = (): PartnerPrincipal => ({
    kind: 'partner',
    partnerId: newId('Partner'),
    memberId: newId('Member'),
    role: 'owner',
    sessionId: newId('Session'),
  });

  /** A program of a new company, with these members in these states. */
  async function program(...members: [PartnerPrincipal, state: 'pending' | 'approved'][]) {
    const [companyId, programId] = [newId('Company'), newId('Program')];
    const approvals = opened.database.as('approvals');
    await approvals.transaction({ companies: [companyId] }, async (tx) => {
      await tx.query(
        `insert into approvals.program (company_id, program_id, name, slug, created_at)
         values ($1, $2, 'P', 'p', now())`,
        [companyId, programId],
      );
      for (const [{ partnerId }, state] of members) {
        await tx.query(
          `insert into approvals.partnership
             (company_id, partnership_id, program_id, partner_id, state, approved_at, created_at)
           values ($1, $2, $3, $4, $5, case when $5 = 'approved' then now() end, now())`,
          [companyId, newId('Partnership'), programId, partnerId, state],
        );
      }
    });
    return { companyId, programId };
  }

  const resolve = (who: PartnerPrincipal, programId: Id<'Program'>) =>
    access.transform({ partner: who, programId: publicId('Program', programId) });

  it('B-08 selects the company by the program in the path, for each of a partner’s programs', async () => {
    const ada = partner();
    const [one, two] = [await program([ada, 'approved']), await program([ada, 'pending'])];
    expect(await resolve(ada, one.programId)).toMatchObject({ companyId: one.companyId, state: 'approved' });
    expect(await resolve(ada, two.programId)).toMatchObject({ companyId: two.companyId, state: 'pending' });
  });

  it('bounds what follows to the own membership in that company', async () => {
    const [ada, grace] = [partner(), partner()];
    const shared = await program([ada, 'approved'], [grace, 'approved']);
    const partnership = await resolve(ada, shared.programId);
    const seen = await opened.database.transaction(partnership.scope, (tx) =>
      tx.query('select partner_id from approvals.published_partnership'),
    );
    expect(seen).toEqual([{ partner_id: ada.partnerId }]);
  });

  it('B-01 finds nothing for a stranger, as if there were no such program', async () => {
    const [ada, stranger] = [partner(), partner()];
    const theirs = await program([ada, 'approved']);
    await expect(resolve(stranger, theirs.programId)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(resolve(stranger, newId('Program'))).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('refuses a path that names no program', async () => {
    const request = { partner: partner(), programId: 'nonsense' };
    expect(() => access.transform(request)).toThrow(/must be an id that starts with "prg_"/);
  });
});
