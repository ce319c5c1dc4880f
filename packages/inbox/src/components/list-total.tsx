import type { RowPage } from "@sessionhook/core";
import { formatCount } from "../format/number.js";

interface ListTotalProps {
  readonly page: RowPage<unknown>;
  /** True if the page is not the first one of the list. */
  readonly later: boolean;
  /** True if the filter selects less than everything. */
  readonly filtered: boolean;
  /** Noun of one row and of several, such as `person` and `people`. */
  readonly one: string;
  readonly many: string;
  /** Totals without a filter, such as `1,234 people in all`; empty for none. */
  readonly totals: string;
}

/** Renders how many rows a list has. The stores count everything; of a selection, only the first page is counted. */
export function ListTotal({ page, later, filtered, one, many, totals }: ListTotalProps) {
  const { rows, nextCursor, examinedTo } = page;
  const whole = !later && nextCursor === null && examinedTo === null;
  const matching = `${formatCount(rows.length)} ${rows.length === 1 ? `${one} matches` : `${many} match`}`;
  const more = !later && rows.length > 0 ? `More than ${matching}` : "Filtered";
  const selected = !filtered ? "" : whole ? matching : more;
  const parts = [selected, totals].filter((part) => part !== "");
  return parts.length === 0 ? <></> : <p class="note">{parts.join(" · ")}</p>;
}
