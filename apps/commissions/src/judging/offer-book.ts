import { type Effective, type Id, inForce, inForceOrFirst } from '#kernel';
import {
  type OfferRule,
  type OfferVersion,
  type Override,
  stackingInForce,
  type StackingPolicy,
  type StackingSetting,
} from '#rules';
import type { Membership, ProgramName } from './membership.js';

/** One version of one offer. */
export interface BookedVersion extends OfferVersion {
  readonly offerId: Id<'Offer'>;
}

/** What a program's offers are, and were. */
export interface BookedProgram {
  /** By offer, oldest offer first. */
  readonly versions: ReadonlyMap<string, readonly BookedVersion[]>;
  readonly stacking: readonly StackingSetting[];
  readonly zones: readonly (Effective & { readonly timeZone: string })[];
}

/** What one partner has of their own in a program. */
export interface BookedMember {
  readonly groups: readonly (Effective & { readonly groupId: Id<'Group'> })[];
  /** By offer, oldest first; a null override ends the one before. */
  readonly overrides: ReadonlyMap<
    string,
    readonly { readonly since: Date; readonly override: Override | null }[]
  >;
}

/** The keys of the book's maps. */
export const programKey = (companyId: string, programId: string): string => `${companyId} ${programId}`;
export const memberKey = (companyId: string, partnershipId: string): string =>
  `${companyId} ${partnershipId}`;

/** The offers and time zones of the programs of one batch: judged by event time, never by now. */
export class OfferBook {
  constructor(
    private readonly programs: ReadonlyMap<string, BookedProgram>,
    private readonly members: ReadonlyMap<string, BookedMember>,
  ) {}

  /** The same book with one rule in place of all versions of an offer, as if it had always been in force. */
  withDraft(program: ProgramName, offerId: Id<'Offer'>, rule: OfferRule): OfferBook {
    const booked = this.#program(program);
    if (!booked) return this;
    const draft = { offerId, version: 0, effectiveFrom: new Date(0), rule };
    const versions = new Map([...booked.versions, [offerId, [draft]]]);
    const key = programKey(program.companyId, program.programId);
    const programs = new Map([...this.programs, [key, { ...booked, versions }]]);
    return new OfferBook(programs, this.members);
  }

  /** The version of each offer of a program that was in force at a time. */
  inForce(program: ProgramName, at: Date): BookedVersion[] {
    const offers = this.#program(program)?.versions.values() ?? [];
    return [...offers].flatMap((versions) => inForce(versions, at) ?? []);
  }

  /** @returns undefined when the program has no such version */
  version(program: ProgramName, offerId: string, version: number): BookedVersion | undefined {
    const versions = this.#program(program)?.versions.get(offerId);
    return versions?.find((candidate) => candidate.version === version);
  }

  /** The program's zone at a time; before its first settings, that of the first; UTC when there are none. */
  timeZone(program: ProgramName, at: Date): string {
    const zones = this.#program(program)?.zones ?? [];
    return inForceOrFirst(zones, at)?.timeZone ?? 'UTC';
  }

  stacking(program: ProgramName, at: Date): StackingPolicy {
    return stackingInForce(this.#program(program)?.stacking ?? [], at);
  }

  /** Whether an offer of the program ever limited what one customer earns. */
  capsCustomers(program: ProgramName): boolean {
    const versions = [...(this.#program(program)?.versions.values() ?? [])].flat();
    return versions.some(({ rule }) => rule.customerCap !== null);
  }

  /** The group at a time; before the first move, that of the first. Null when no offer asks for groups. */
  groupId(member: Membership, at: Date): Id<'Group'> | null {
    return inForceOrFirst(this.#member(member)?.groups ?? [], at)?.groupId ?? null;
  }

  override(member: Membership, offerId: string, at: Date): Override | null {
    const overrides = this.#member(member)?.overrides.get(offerId) ?? [];
    return overrides.findLast(({ since }) => since <= at)?.override ?? null;
  }

  #program({ companyId, programId }: ProgramName): BookedProgram | undefined {
    return this.programs.get(programKey(companyId, programId));
  }

  #member({ companyId, partnershipId }: Membership): BookedMember | undefined {
    return this.members.get(memberKey(companyId, partnershipId));
  }
}
