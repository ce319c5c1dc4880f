import type { SessionRow } from "@sessionhook/core";
import { countryName } from "../format/names.js";
import { formatPlural } from "../format/number.js";
import { formatSpan } from "../format/time.js";
import { readable } from "../visits/address.js";
import { Moment } from "./moment.js";
import { Origin } from "./origin.js";
import { Short } from "./short.js";
import { Heads } from "./summary-cells.js";
import { Visitor } from "./visitor.js";

interface SessionTableProps {
  readonly sessions: readonly SessionRow[];
  readonly now: number;
}

/** Renders sessions as a table, and as cards on a narrow screen. The ARIA roles preserve the table semantics of the cards. */
export function SessionTable({ sessions, now }: SessionTableProps) {
  return (
    <table class="visits sessions" role="table" aria-label="Sessions, newest first">
      <Heads names={["Visitor", "Visit", "Came from", "Country", "Started"]} />
      <tbody role="rowgroup">
        {sessions.map((session) => (
          <Row session={session} now={now} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ session, now }: { readonly session: SessionRow; readonly now: number }) {
  const { landingPage, country, city } = session;
  return (
    <tr role="row" data-id={encodeURIComponent(session.id.toWellFormed())}>
      <td role="cell" class="column-visitor">
        <Visitor session={session} />
      </td>
      <td role="cell" class="column-visit">
        <span class="first">{visitLength(session)}</span>
        {landingPage !== null && (
          <span class="second code">
            <Short text={readable(landingPage)} />
          </span>
        )}
      </td>
      <td role="cell" class="column-came-from">
        <Origin touch={session} />
      </td>
      <td role="cell" class={`column-country${country === null && city === null ? " none" : ""}`}>
        {country === null && city === null ? <Absent /> : null}
        {country !== null && (
          <span class="first">
            <Short text={countryName(country)} />
          </span>
        )}
        {city !== null && (
          <span class="second">
            <Short text={city} />
          </span>
        )}
      </td>
      <td role="cell" class="column-started">
        <span class="first">
          <Moment at={session.startedAt} now={now} form="relative" />
        </span>
        <span class="second">
          <Moment at={session.startedAt} now={now} form="short" />
        </span>
      </td>
    </tr>
  );
}

/** Returns the length of a visit in words: `5 pages · 3 min 12 s`. */
export function visitLength({ pageCount, durationSeconds }: SessionRow): string {
  const parts = [formatPlural(pageCount, "page")];
  if (durationSeconds !== null && durationSeconds >= 1) parts.push(formatSpan(durationSeconds));
  return parts.join(" · ");
}

export function Absent() {
  return (
    <>
      <span aria-hidden="true">–</span>
      <span class="visually-hidden">unknown</span>
    </>
  );
}
