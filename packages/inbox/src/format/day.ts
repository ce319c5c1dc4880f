export const dayMs = 86_400_000;

/** Formats the day of an instant as `2026-03-01`, in UTC. */
export function dayText(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Returns the beginning of a day such as `2026-03-01`, in UTC; undefined for any other text and outside 1970 to 2999. */
export function readDay(text: string | undefined): number | undefined {
  if (text === undefined || !/^(?:19[7-9]|2\d\d)\d-\d\d-\d\d$/.test(text)) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  // February 30 is a date to some engines.
  return Number.isNaN(at) || dayText(at) !== text ? undefined : at;
}

/** Returns the value of a field for a day; empty for any other text, of which browsers complain. */
export function dayOrNone(text: string | undefined): string {
  return readDay(text) === undefined ? "" : (text ?? "");
}
