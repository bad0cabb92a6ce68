/** The earlier of a stored time and one that is reported: the stored text itself unless the other is earlier. */
export function earlier(stored: string | null, reported: Date): string {
  return stored !== null && new Date(stored) <= reported ? stored : reported.toISOString();
}
