import type { VisitSummary } from "@sessionhook/core";
import { formatPlural } from "../format/number.js";
import { formatRelative } from "../format/time.js";
import { Cell } from "./cell.js";
import { Origin } from "./origin.js";
import { Short } from "./short.js";

interface SummaryCellsProps {
  readonly summary: VisitSummary;
  /** Of companies: number of known people. */
  readonly people?: number;
  readonly now: number;
}

/** Renders the columns that people and companies share: visits, first touch, last visit. */
export function SummaryCells({ summary, people = 0, now }: SummaryCellsProps) {
  const { sessions, pages, first, firstAt, lastAt } = summary;
  return (
    <>
      <td role="cell">
        <Short text={formatPlural(sessions, "session")} />
        <bdi class="sub parts">
          <span>
            {formatPlural(pages, "page")}
            {people > 0 && " ·"}
          </span>
          {people > 0 && (
            <>
              {" "}
              <span>{formatPlural(people, "person", "people")}</span>
            </>
          )}
        </bdi>
      </td>
      <td role="cell">
        <Origin touch={first} />
      </td>
      <Cell first={formatRelative(lastAt, now)} second={`first ${formatRelative(firstAt, now)}`} />
    </>
  );
}
