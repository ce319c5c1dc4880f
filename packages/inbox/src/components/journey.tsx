import type { PageView, SessionRow } from "@sessionhook/core";
import { maxPageViews } from "@sessionhook/core/limits";
import { formatPlural } from "../format/number.js";
import { formatSpan } from "../format/time.js";
import { eventPath, sessionPath } from "../paths.js";
import { readable } from "../visits/address.js";
import { visitorName } from "../visits/visitor.js";
import { Link } from "./link.js";
import { Path } from "./path.js";
import { Moment } from "./moment.js";
import { visitLength } from "./session-table.js";
import { cut } from "./short.js";
import { VisibleText } from "./visible-text.js";

/** Page views of one visit that a journey shows. */
const maxPages = 8;

export interface Visit {
  readonly session: SessionRow;
  /** Absent: the journey shows no pages. */
  readonly pages?: readonly PageView[] | undefined;
}

interface JourneyProps {
  /** Newest first. */
  readonly visits: readonly Visit[];
  readonly now: number;
  /** Names the visitor of each visit. */
  readonly named?: boolean;
}

/** Renders visits in order of time: when, from where, which pages. */
export function Journey({ visits, now, named = false }: JourneyProps) {
  return (
    <ol class="journey" data-rows>
      {visits.map(({ session, pages }) => (
        <li>
          <p class="journey-head">
            <Link to={sessionPath(session.id)}>
              <Moment at={session.startedAt} now={now} form="short" />
            </Link>
            {named && (
              <strong>
                <VisibleText text={cut(visitorName(session), 100)} />
              </strong>
            )}
            <span class="note">
              from <VisibleText text={cut(originOf(session), 100)} />
            </span>
            {session.bot && <span class="tag">Bot</span>}
            {pages !== undefined && <Link to={eventPath({ id: session.eventId, version: 1 })}>Event</Link>}
          </p>
          <p class="journey-pages">
            <span class="journey-length note">{visitLength(session)}</span>
            {pages?.slice(0, maxPages).map(({ path, seconds }) => (
              <span class="page-chip">
                <Path text={cut(readable(path), 60)} />
                {seconds !== null && seconds >= 1 && <span class="note"> {formatSpan(seconds)}</span>}
              </span>
            ))}
            {pages !== undefined && pages.length > maxPages && (
              <span class="note">
                {pages.length >= maxPageViews
                  ? "and more"
                  : `and ${formatPlural(pages.length - maxPages, "further view")}`}
              </span>
            )}
          </p>
        </li>
      ))}
    </ol>
  );
}

function originOf({ source, medium, campaign }: SessionRow): string {
  if (source === null) return campaign ?? medium ?? "a direct visit";
  return [source, campaign ?? medium].filter((part) => part !== null).join(", ");
}
