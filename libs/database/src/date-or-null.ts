/** A nullable `timestamptz`, which the driver gives as text. */
export const dateOrNull = (text: string | null): Date | null => (text === null ? null : new Date(text));
