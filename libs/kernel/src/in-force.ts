/** A setting that holds from a moment on, until a later one takes its place. */
export interface Effective {
  readonly effectiveFrom: Date;
}

/** The setting in force at a moment, in whatever order they come; null before the first. */
export function inForce<Setting extends Effective>(settings: readonly Setting[], at: Date): Setting | null {
  let found: Setting | null = null;
  for (const setting of settings) {
    if (setting.effectiveFrom > at) continue;
    if (!found || setting.effectiveFrom > found.effectiveFrom) found = setting;
  }
  return found;
}

/** The same, and before the first setting that one: what happened earlier goes by what was said first. */
export function inForceOrFirst<Setting extends Effective>(
  settings: readonly Setting[],
  at: Date,
): Setting | null {
  return inForce(settings, at) ?? settings.reduce<Setting | null>(earlier, null);
}

const earlier = <Setting extends Effective>(first: Setting | null, setting: Setting): Setting =>
  first && first.effectiveFrom <= setting.effectiveFrom ? first : setting;
