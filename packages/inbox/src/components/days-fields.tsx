import { dayOrNone } from "../format/day.js";
import { hasDays, type TimeRange } from "../visits/time-range.js";

/** Renders the fields for the first and the last day of a range. Both can be empty. */
export function DaysFields({ range }: { readonly range: TimeRange }) {
  return (
    <span
      class={hasDays(range) ? "filter-days chosen" : "filter-days"}
      role="group"
      aria-label="Days, in UTC"
    >
      <label>
        From <input type="date" name="from" value={dayOrNone(range.from)} />
      </label>
      <label>
        to <input type="date" name="to" value={dayOrNone(range.to)} />
      </label>
    </span>
  );
}
