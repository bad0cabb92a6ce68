import type { Click } from '#rules';
import type { ClickRecord } from './clicks.js';
import { membershipFor, type Memberships } from './memberships.js';
import type { AttributionSettings } from './settings.js';

/** What a batch is decided by: the settings, and who was a member when. */
export interface Grounds extends AttributionSettings {
  readonly memberships: Memberships;
}

/** A click as the rules judge it. */
export function clickFor(
  record: Pick<ClickRecord, 'clickId' | 'linkId' | 'clickedAt' | 'partnershipId' | 'programId'>,
  { memberships, windows }: Grounds,
): Click {
  return {
    clickId: record.clickId,
    linkId: record.linkId,
    clickedAt: record.clickedAt,
    membership: membershipFor(record.partnershipId, memberships),
    windows: windows.get(record.programId) ?? [],
  };
}
