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
  readonly touch: "first" | "last";
  readonly now: number;
}

/** Renders the columns that people and companies share: visits, first or last touch, last visit. */
export function SummaryCells({ summary, people = 0, touch, now }: SummaryCellsProps) {
  const { sessions, pages, firstAt, lastAt } = summary;
  return (
    <>
      <td role="cell">
        <Short text={formatPlural(sessions, "session")} />
        <bdi class="sub parts">
          <span>{formatPlural(pages, "page")}</span>
          {people > 0 && (
            <>
              {" "}
              <span>· {formatPlural(people, "person", "people")}</span>
            </>
          )}
        </bdi>
      </td>
      {sessions === 0 ? (
        <Cell first={null} />
      ) : (
        <td role="cell">
          <Origin touch={summary[touch]} />
        </td>
      )}
      <Cell first={formatRelative(lastAt, now)} second={`first ${formatRelative(firstAt, now)}`} />
    </>
  );
}
