import type { SignInRequested, TeamInvited } from './events/access.js';
import type { AttributionDecided, CustomerDeleted } from './events/attribution.js';
import type {
  CommissionAdjusted,
  CommissionEarned,
  CommissionReleased,
  CommissionReversed,
  CommissionReviewed,
  PayoutPaid,
} from './events/commissions.js';
import type {
  ActionPerformed,
  ClickArrivedLate,
  CustomerSignedUp,
  OrderCancelled,
  OrderChargedBack,
  OrderFulfilled,
  OrderPlaced,
  OrderRefunded,
  WebhookReceived,
} from './events/facts.js';
import type {
  ApplicationReviewed,
  DealExpired,
  LinkRequestReviewed,
  PartnerInvited,
  PartnerRemoved,
  ReferralClosed,
  ReferralReviewed,
  TermsPublished,
} from './events/membership.js';
import type { CodeAssigned, CodeEnded, LinkGiven } from './events/referring.js';

/** The services that own data, and so publish or consume events. */
export const SERVICES = [
  'gateway',
  'tracking',
  'attribution',
  'commissions',
  'approvals',
  'messaging',
  'reconciliation',
] as const;
export type Service = (typeof SERVICES)[number];

/** Every event and the shape of its `data`. */
export interface EventMap {
  'webhook.received': WebhookReceived;
  'click.arrived_late': ClickArrivedLate;
  'customer.signed_up': CustomerSignedUp;
  'order.placed': OrderPlaced;
  'order.fulfilled': OrderFulfilled;
  'order.refunded': OrderRefunded;
  'order.cancelled': OrderCancelled;
  'order.charged_back': OrderChargedBack;
  'action.performed': ActionPerformed;
  'code.assigned': CodeAssigned;
  'code.ended': CodeEnded;
  'link.given': LinkGiven;
  'attribution.decided': AttributionDecided;
  'customer.deleted': CustomerDeleted;
  'commission.earned': CommissionEarned;
  'commission.reversed': CommissionReversed;
  'commission.released': CommissionReleased;
  'payout.paid': PayoutPaid;
  'commission.reviewed': CommissionReviewed;
  'commission.adjusted': CommissionAdjusted;
  'application.reviewed': ApplicationReviewed;
  'partner.invited': PartnerInvited;
  'partner.removed': PartnerRemoved;
  'terms.published': TermsPublished;
  'link_request.reviewed': LinkRequestReviewed;
  'lead.reviewed': ReferralReviewed;
  'deal.reviewed': ReferralReviewed;
  'lead.closed': ReferralClosed;
  'deal.closed': ReferralClosed;
  'deal.expired': DealExpired;
  'sign_in.requested': SignInRequested;
  'team.invited': TeamInvited;
}
export type EventType = keyof EventMap;

/**
 * Who publishes an event and who receives it: the whole wiring of the product in one place. Boot fails
 * when a service's handlers and its lines here differ.
 */
export const TOPOLOGY: {
  readonly [T in EventType]: {
    readonly owner: Service;
    readonly consumers: readonly Service[];
    /**
     * How long the relay gathers events of this type before it sends them, ms; at once when left out. What
     * travels together on the first hop travels together on all later ones, so a moment here saves most of
     * the work of a busy minute.
     */
    readonly gatherMs?: number;
  };
} = {
  'webhook.received': { owner: 'tracking', consumers: ['tracking'], gatherMs: 60 },
  'click.arrived_late': { owner: 'tracking', consumers: ['attribution'] },
  'customer.signed_up': { owner: 'tracking', consumers: ['attribution'] },
  'order.placed': { owner: 'tracking', consumers: ['attribution'] },
  'order.fulfilled': { owner: 'tracking', consumers: ['commissions'] },
  'order.refunded': { owner: 'tracking', consumers: ['commissions'] },
  'order.cancelled': { owner: 'tracking', consumers: ['attribution', 'commissions'] },
  'order.charged_back': { owner: 'tracking', consumers: ['commissions'] },
  'action.performed': { owner: 'tracking', consumers: ['attribution'] },
  'code.assigned': { owner: 'tracking', consumers: ['messaging'] },
  'code.ended': { owner: 'tracking', consumers: ['messaging'] },
  'link.given': { owner: 'tracking', consumers: ['messaging'] },
  'attribution.decided': { owner: 'attribution', consumers: ['commissions'] },
  'customer.deleted': { owner: 'attribution', consumers: ['commissions', 'messaging'] },
  'commission.earned': { owner: 'commissions', consumers: ['messaging'] },
  'commission.reversed': { owner: 'commissions', consumers: ['messaging'] },
  'commission.released': { owner: 'commissions', consumers: ['messaging'] },
  'payout.paid': { owner: 'commissions', consumers: ['messaging'] },
  'commission.reviewed': { owner: 'commissions', consumers: ['messaging'] },
  'commission.adjusted': { owner: 'commissions', consumers: ['messaging'] },
  'application.reviewed': { owner: 'approvals', consumers: ['messaging'] },
  'partner.invited': { owner: 'approvals', consumers: ['messaging'] },
  'partner.removed': { owner: 'approvals', consumers: ['messaging'] },
  'terms.published': { owner: 'approvals', consumers: ['messaging'] },
  'link_request.reviewed': { owner: 'approvals', consumers: ['messaging'] },
  'lead.reviewed': { owner: 'approvals', consumers: ['messaging'] },
  'deal.reviewed': { owner: 'approvals', consumers: ['messaging'] },
  'lead.closed': { owner: 'approvals', consumers: ['attribution', 'messaging'] },
  'deal.closed': { owner: 'approvals', consumers: ['attribution', 'messaging'] },
  'deal.expired': { owner: 'approvals', consumers: ['messaging'] },
  'sign_in.requested': { owner: 'gateway', consumers: ['messaging'] },
  'team.invited': { owner: 'gateway', consumers: ['messaging'] },
};

export function isEventType(text: string): text is EventType {
  return Object.hasOwn(TOPOLOGY, text);
}

/** The events a service must handle. */
export function eventsConsumedBy(service: Service): EventType[] {
  return (Object.keys(TOPOLOGY) as EventType[]).filter((type) => TOPOLOGY[type].consumers.includes(service));
}
