import type { RangeProblem, TimeRange } from "../visits/time-range.js";
import { Link } from "./link.js";
import { cut } from "./short.js";
import { VisibleText } from "./visible-text.js";

interface DaysProblemProps {
  readonly problem: RangeProblem;
  /** Returns the path of the list with another range. */
  readonly pathWith: (range: Required<TimeRange>) => string;
  /** Label of the link to the list without days. */
  readonly withoutDays?: string;
}

/** Renders, in the place of a list, the reason for which its days select nothing. */
export function DaysProblem({ problem, pathWith, withoutDays = "Show any time" }: DaysProblemProps) {
  const swapped = "swapped" in problem ? problem.swapped : undefined;
  return (
    <div class="empty">
      <h2>{swapped === undefined ? "Not a day" : "Days in the wrong order"}</h2>
      <p>
        {"notADay" in problem ? (
          <>
            “<VisibleText text={cut(problem.notADay, 80)} />” is not a day from 1970-01-01 to 2999-12-31,
            written like 2026-03-01.
          </>
        ) : (
          `The last day, ${problem.swapped.from}, is before the first, ${problem.swapped.to}.`
        )}
      </p>
      <p class="actions">
        {swapped !== undefined && (
          <Link class="button" to={pathWith(swapped)}>
            Swap them
          </Link>
        )}
        <Link class="button" to={pathWith({ time: undefined, from: undefined, to: undefined })}>
          {withoutDays}
        </Link>
      </p>
    </div>
  );
}
