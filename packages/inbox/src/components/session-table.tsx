import type { SessionRow } from "@sessionhook/core";
import { countryName } from "../format/names.js";
import { formatPlural } from "../format/number.js";
import { formatRelative, formatSpan } from "../format/time.js";
import { sessionPath } from "../paths.js";
import { readable } from "../visits/address.js";
import { knownName, visitorLine, visitorName } from "../visits/visitor.js";
import { Avatar } from "./avatar.js";
import { Cell, Heads } from "./cell.js";
import { Moment } from "./moment.js";
import { Origin } from "./origin.js";
import { Who } from "./who.js";

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
  const { id, person, visitorId, bot, landingPage, country, city, startedAt } = session;
  const name = knownName(session);
  return (
    <tr role="row">
      <Who
        avatar={<Avatar name={name} seed={person ?? visitorId ?? id} kind={bot ? "bot" : "person"} />}
        name={visitorName(session)}
        known={name !== null}
        to={sessionPath(id)}
        line={visitorLine(session)}
      />
      <Cell
        first={visitLength(session)}
        second={landingPage === null ? null : readable(landingPage)}
        code={true}
      />
      <td role="cell">
        <Origin touch={session} />
      </td>
      <Cell first={country === null ? null : countryName(country)} second={city} />
      <td role="cell">
        {formatRelative(startedAt, now)}
        <br />
        <Moment at={startedAt} now={now} form="short" />
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
