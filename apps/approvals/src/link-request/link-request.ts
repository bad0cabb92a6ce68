import type { SqlValue, Transaction } from '#database';
import { asId, Conflict, type Id, NotFound } from '#kernel';

export const LINK_REQUEST_STATES = ['pending', 'granted', 'refused', 'withdrawn'] as const;
export type LinkRequestState = (typeof LINK_REQUEST_STATES)[number];

/** A partner asks the company for a link (B-30); the company gives one or says why not. */
export interface LinkRequest {
  readonly linkRequestId: Id<'LinkRequest'>;
  readonly companyId: Id<'Company'>;
  readonly partnershipId: Id<'Partnership'>;
  readonly programId: Id<'Program'>;
  readonly partnerId: Id<'Partner'>;
  /** Where the link should lead; null leaves it to the company. */
  readonly destinationUrl: string | null;
  readonly note: string | null;
  readonly state: LinkRequestState;
  readonly requestedAt: Date;
  readonly closedAt: Date | null;
  /** The company's words, or none. */
  readonly reason: string | null;
  /** The link that was granted. */
  readonly linkId: Id<'Link'> | null;
}

/** How a request ended. */
export interface LinkRequestEnd {
  readonly state: Exclude<LinkRequestState, 'pending'>;
  readonly reason: string | null;
  readonly linkId: Id<'Link'> | null;
  readonly actor: string;
  readonly at: Date;
}

interface Row {
  readonly link_request_id: string;
  readonly company_id: string;
  readonly partnership_id: string;
  readonly program_id: string;
  readonly partner_id: string;
  readonly destination_url: string | null;
  readonly note: string | null;
  readonly state: LinkRequestState;
  readonly requested_at: string;
  readonly closed_at: string | null;
  readonly reason: string | null;
  readonly link_id: string | null;
}

/** @param condition SQL over `r` (the request), ended by order, limit or lock */
export async function selectLinkRequests(
  tx: Transaction,
  condition: string,
  parameters: readonly SqlValue[],
): Promise<LinkRequest[]> {
  const rows = await tx.query<Row>(
    `select r.link_request_id, r.company_id, r.partnership_id, r.program_id, r.partner_id, r.destination_url,
       r.note, r.state, r.requested_at, r.closed_at, r.reason, r.link_id
     from approvals.link_request r where ${condition}`,
    parameters,
  );
  return rows.map((row) => ({
    linkRequestId: asId('LinkRequest', row.link_request_id),
    companyId: asId('Company', row.company_id),
    partnershipId: asId('Partnership', row.partnership_id),
    programId: asId('Program', row.program_id),
    partnerId: asId('Partner', row.partner_id),
    destinationUrl: row.destination_url,
    note: row.note,
    state: row.state,
    requestedAt: new Date(row.requested_at),
    closedAt: row.closed_at === null ? null : new Date(row.closed_at),
    reason: row.reason,
    linkId: row.link_id === null ? null : asId('Link', row.link_id),
  }));
}

/**
 * Reads a pending request, locked until the transaction ends.
 * @throws NotFound, Conflict `link_request.<state>`
 */
export async function lockPendingRequest(
  tx: Transaction,
  companyId: Id<'Company'>,
  linkRequestId: Id<'LinkRequest'>,
): Promise<LinkRequest> {
  const [request] = await selectLinkRequests(tx, 'r.company_id = $1 and r.link_request_id = $2 for update', [
    companyId,
    linkRequestId,
  ]);
  if (!request) throw new NotFound('link request');
  if (request.state !== 'pending') {
    throw new Conflict(
      `link_request.${request.state}`,
      `The request is already ${request.state}. Links are made and given at any time without one.`,
    );
  }
  return request;
}

export async function endRequest(
  tx: Transaction,
  request: LinkRequest,
  { state, reason, linkId, actor, at }: LinkRequestEnd,
): Promise<LinkRequest> {
  await tx.query(
    `update approvals.link_request set state = $3, reason = $4, link_id = $5, closed_by = $6, closed_at = $7
      where company_id = $1 and link_request_id = $2`,
    [request.companyId, request.linkRequestId, state, reason, linkId, actor, at],
  );
  return { ...request, state, reason, linkId, closedAt: at };
}
