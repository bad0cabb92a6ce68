import type { Effective, Id } from '#kernel';
import type { Membership } from './membership.js';

/** How long a program's clicks count, from a moment on. */
export interface ClickWindow extends Effective {
  readonly days: number;
}

export interface Click {
  readonly clickId: Id<'Click'>;
  readonly linkId: Id<'Link'>;
  readonly clickedAt: Date;
  readonly membership: Membership;
  /** Every setting the clicked link's program ever had; none means 90 days. */
  readonly windows: readonly ClickWindow[];
}

/** Which clicks the action brought along to name its referrer. */
export type PresentedClick =
  | { readonly kind: 'none' | 'malformed' | 'unknown' }
  /** All clicks of the visitor behind the presented click id. */
  | { readonly kind: 'visitor'; readonly clicks: readonly Click[] };

/** A discount code that the action brought along and that is or was a partner's. */
export interface PresentedCode {
  /** Lower case. */
  readonly code: string;
  readonly membership: Membership;
  /** Whether it was this partner's at the time of the action. */
  readonly isInForce: boolean;
}

/** Something that can credit a partner: `action` is one that the company gave a name, such as a booked demo. */
export type ActionKind = 'signup' | 'order' | 'action' | 'lead' | 'deal';

export interface ReferralAction {
  readonly kind: ActionKind;
  readonly occurredAt: Date;
  readonly presented: PresentedClick;
  /** In the order in which they were presented. */
  readonly codes: readonly PresentedCode[];
  /** Who submitted the lead or deal that was won; null for everything else. */
  readonly submittedBy: Membership | null;
}
