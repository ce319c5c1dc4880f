import { dayText } from "../format/day.js";
import { withoutValue } from "../visits/query.js";
import { sessionListPath } from "../visits/session-list-filter.js";
import type { AttributionView } from "./view.js";

/** Returns the path of the list of the sessions that a row of the table counts. */
export function countedSessionsPath(
  { by, firstDay, lastDay }: AttributionView,
  value: string | null,
): string {
  return sessionListPath({
    [by]: value?.toWellFormed() ?? withoutValue,
    from: firstDay === undefined ? undefined : dayText(firstDay),
    to: dayText(lastDay),
  });
}
