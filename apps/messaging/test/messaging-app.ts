import { MikroORM } from '@mikro-orm/postgresql';
import { type NewEvent, Publisher } from '#bus';
import type { CommissionEarned, SignInPurpose } from '#contracts';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { newId, publicId } from '#kernel';
import {
  addCompany,
  addPartnership,
  addProgram,
  asOperator,
  asPartner,
  FixedClock,
  startMailCatcher,
  startTestApp,
  type TestApp,
  type TestDatabase,
  type TestPartnership,
} from '#testing';
import { MESSAGING } from '../src/service.js';

/** What a test started; ended after it, also when it fails. */
const started: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of started.splice(0).toReversed()) await stop();
});

/** Ends what a test started, after it; what was started last ends first. */
export const stopAfterwards = (stop: () => Promise<void>) => started.push(stop);

/** Stops what was started last, for what must outlive it. */
export const stopLatest = async () => started.pop()?.();

export const startApp = async (options: Parameters<typeof startTestApp>[1]) => {
  const app = await startTestApp([MESSAGING], { clock, ...options });
  started.push(() => app.close());
  return app;
};

export const startCatcher = async (port?: number) => {
  const catcher = await startMailCatcher(port === undefined ? {} : { port });
  started.push(() => catcher.stop());
  return catcher;
};

/** The address of a mail server that is away. */
export const awayServer = async () => {
  const gone = await startMailCatcher();
  await gone.stop();
  return gone;
};

export const clock = new FixedClock('2026-05-02T12:00:00.000Z');

export const publish = (app: TestApp, ...events: NewEvent[]) =>
  new Database(app.app.get(MikroORM), 'commissions').transaction(
    companyScope(...events.map(({ companyId }) => companyId)),
    (tx) => app.app.get(Publisher, { strict: false }).publish(tx, events),
  );

export const earned = (partnership: TestPartnership, change: Partial<CommissionEarned> = {}) => ({
  type: 'commission.earned' as const,
  companyId: partnership.companyId,
  occurredAt: clock.now(),
  eventId: newId('Event'),
  data: {
    commissionId: newId('Commission'),
    partnershipId: partnership.partnershipId,
    partnerId: partnership.partnerId,
    programId: partnership.programId,
    offerId: newId('Offer'),
    subject: { kind: 'order', key: 'ORD-1' },
    currency: 'EUR',
    amount: 1999,
    change: 1999,
    heldUntil: '2026-05-31T22:00:00.000Z',
    ...change,
  } satisfies CommissionEarned,
});

export const signIn = (
  email: string,
  signInId = newId('SignIn'),
  expiresAt = '2026-05-02T12:30:00.000Z',
  purpose: SignInPurpose = 'sign_in',
) => ({
  type: 'sign_in.requested' as const,
  companyId: PLATFORM_COMPANY,
  occurredAt: clock.now(),
  data: { signInId, email, purpose, expiresAt },
});

export const teamInvited = (email: string) => ({
  type: 'team.invited' as const,
  companyId: PLATFORM_COMPANY,
  occurredAt: clock.now(),
  data: {
    invitationId: newId('TeamInvitation'),
    account: { kind: 'company' as const, id: newId('Company'), name: 'Lighthouse GmbH' },
    email,
    role: 'admin',
    expiresAt: '2026-05-09T12:00:00.000Z',
  },
});

export const notices = (app: TestApp, partnership: TestPartnership, query = '') =>
  app.call(
    'GET',
    `/v1/partner/programs/${publicId('Program', partnership.programId)}/notices${query}`,
    asPartner(partnership.partnerId),
  );

export const emails = async (app: TestApp, query = '') =>
  (await app.call('GET', `/v1/ops/emails${query}`, asOperator())).body.data;

export const emailTo = async (app: TestApp, recipient: string, state: string) =>
  (await emails(app, `?state=${state}`)).find(
    (email: { recipient: string }) => email.recipient === recipient,
  );

export const newPartnership = async (
  database: TestDatabase,
  wantsEmail: 'wants e-mail' | 'no e-mail' = 'wants e-mail',
  programName = 'Lighthouse Referrals',
) => {
  const companyId = await addCompany(database, 'Lighthouse GmbH');
  return addPartnership(
    database,
    await addProgram(database, companyId, { name: programName, timeZone: 'Europe/Berlin' }),
    wantsEmail,
  );
};
