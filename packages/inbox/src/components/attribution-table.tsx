import type { AttributionTable as Table } from "@sessionhook/core";
import type { Child } from "hono/jsx";
import { attributionNames } from "../attribution/names.js";
import type { AttributionView } from "../attribution/view.js";
import { countryName } from "../format/names.js";
import { formatCount } from "../format/number.js";
import { formatShare } from "../format/share.js";
import { countedSessionsPath } from "../attribution/sessions-path.js";
import { Bar } from "./bar.js";
import { Clamped } from "./clamped.js";
import { Link } from "./link.js";

interface TableProps {
  readonly table: Table;
  readonly view: AttributionView;
}

/** Renders the numbers of each value; a value links to its sessions. */
export function AttributionTable({ table, view }: TableProps) {
  const { rows, others, total } = table;
  const { title, none, many } = attributionNames(view.by);
  const most = Math.max(...rows.map(({ sessions }) => sessions));
  return (
    <table class="attribution" role="table" aria-label={`By ${title.toLowerCase()}, most sessions first`}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col">
            {title}
          </th>
          <th role="columnheader" scope="col" class="column-sessions">
            Sessions
          </th>
          <th role="columnheader" scope="col" class="number">
            People
          </th>
          <th role="columnheader" scope="col" class="number">
            Companies
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(({ value, ...numbers }) => (
          <Row
            name={
              <Link to={countedSessionsPath(view, value)}>
                {value === null ? <span class="absent">{none}</span> : <Value by={view.by} value={value} />}
              </Link>
            }
            numbers={numbers}
            total={total.sessions}
            most={most}
          />
        ))}
        {others !== null && (
          <Row
            name={
              <span class="note">
                {formatCount(others.values)} other {many}
              </span>
            }
            numbers={others}
            total={total.sessions}
            most={undefined}
          />
        )}
      </tbody>
      <tfoot role="rowgroup">
        <Row name="Total" numbers={total} total={total.sessions} most={undefined} />
      </tfoot>
    </table>
  );
}

interface RowProps {
  readonly name: Child;
  readonly numbers: Table["total"];
  readonly total: number;
  /** Length of the longest bar; undefined for a row without one. */
  readonly most: number | undefined;
}

function Row({ name, numbers, total, most }: RowProps) {
  const { sessions, people, companies } = numbers;
  return (
    <tr role="row">
      <th role="rowheader" scope="row">
        {name}
      </th>
      <td role="cell" class="column-sessions">
        {most !== undefined && <Bar share={most === 0 ? 0 : sessions / most} />}
        <span class="amount">
          {formatCount(sessions)}
          <span class="narrow-only"> {sessions === 1 ? "session" : "sessions"}</span>
        </span>
        <span class="share">{formatShare(sessions, total)}</span>
      </td>
      <td role="cell" class={`number${people === 0 ? " none" : ""}`}>
        {formatCount(people)}
        <span class="narrow-only"> {people === 1 ? "person" : "people"}</span>
      </td>
      <td role="cell" class={`number${companies === 0 ? " none" : ""}`}>
        {formatCount(companies)}
        <span class="narrow-only"> {companies === 1 ? "company" : "companies"}</span>
      </td>
    </tr>
  );
}

function Value({ by, value }: { readonly by: AttributionView["by"]; readonly value: string }) {
  return <Clamped text={by === "country" ? countryName(value) : value} path={by === "landingPage"} />;
}
