import { type AttributionView, dayMs, dayText } from "./view.js";

/** Returns the path of the list of the sessions that a row of the table counts. */
export function countedSessionsPath(
  { by, firstDay, lastDay }: AttributionView,
  value: string | null,
): string {
  const query = new URLSearchParams(value === null ? { without: by } : { [by]: value.toWellFormed() });
  query.set("from", dayText(firstDay));
  query.set("to", dayText(lastDay + dayMs));
  return `/?${query}`;
}
