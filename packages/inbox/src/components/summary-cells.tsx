import type { VisitSummary } from "@sessionhook/core";
import { formatPlural } from "../format/number.js";
import { formatRelative } from "../format/time.js";
import { Cell } from "./cell.js";
import { Origin } from "./origin.js";

interface SummaryCellsProps {
  readonly summary: VisitSummary;
  /** Of companies: number of known people. */
  readonly people?: number;
  readonly now: number;
}

/** Renders the columns that people and companies share: visits, first touch, last visit. */
export function SummaryCells({ summary, people = 0, now }: SummaryCellsProps) {
  const { sessions, pages, first, firstAt, lastAt } = summary;
  const known = people > 0 ? ` · ${formatPlural(people, "person", "people")}` : "";
  return (
    <>
      <Cell first={formatPlural(sessions, "session")} second={formatPlural(pages, "page") + known} />
      <td role="cell">
        <Origin touch={first} />
      </td>
      <Cell first={formatRelative(lastAt, now)} second={`first ${formatRelative(firstAt, now)}`} />
    </>
  );
}
