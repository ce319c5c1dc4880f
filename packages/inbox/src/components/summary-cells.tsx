import type { VisitSummary } from "@sessionhook/core";
import { formatPlural } from "../format/number.js";
import { Moment } from "./moment.js";
import { Origin } from "./origin.js";

interface CellProps {
  readonly summary: VisitSummary;
  readonly now: number;
}

/** Renders the columns that people and companies share: visits, first touch, last visit. */
export function SummaryCells({ summary, now }: CellProps) {
  return (
    <>
      <td role="cell" class="column-visits">
        <span class="first">{formatPlural(summary.sessions, "session")}</span>
        <span class="second">{formatPlural(summary.pages, "page")}</span>
      </td>
      <td role="cell" class="column-first-touch">
        <Origin touch={summary.first} />
      </td>
      <td role="cell" class="column-last-visit">
        <span class="first">
          <Moment at={summary.lastAt} now={now} form="relative" />
        </span>
        <span class="second">
          first <Moment at={summary.firstAt} now={now} form="relative" />
        </span>
      </td>
    </>
  );
}

/** Renders the heads of a table. */
export function Heads({ names }: { readonly names: readonly string[] }) {
  return (
    <thead role="rowgroup">
      <tr role="row">
        {names.map((name) => (
          <th role="columnheader" scope="col" class={`column-${name.split(" ").join("-").toLowerCase()}`}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}
