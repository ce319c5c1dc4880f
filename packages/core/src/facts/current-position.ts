import { maxRead } from "./limits.js";
import { entriesOf, isObject, textAt } from "./read.js";

const lasting = /^(?:present|current|now|today)$/i;
/** Year, month or day. The time of the day would depend on the time zone of the machine. */
const isoDate = /^\d{4}(?:-\d{2}){0,2}(?!\d)/;

/**
 * Returns the first position that has not ended.
 * @param time time of the event in Unix milliseconds: a later end has not come yet; without a time, every end has
 */
export function currentPosition(positions: unknown, time: number | undefined): unknown {
  return entriesOf(positions)
    .slice(0, maxRead)
    .find((position) => isObject(position) && !hasEnded(textAt(position, "endDate")?.trim(), time));
}

function hasEnded(end: string | undefined, time: number | undefined): boolean {
  if (end === undefined || lasting.test(end)) return false;
  const [date = ""] = isoDate.exec(end) ?? [];
  return time === undefined || !(Date.parse(date) > time);
}
