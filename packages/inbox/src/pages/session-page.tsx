import type { CompanyRow, DeliveryPage, PageView, PersonRow, SessionRow } from "@sessionhook/core";
import { Avatar } from "../components/avatar.js";
import { BackLink } from "../components/back-link.js";
import { CompanyCard } from "../components/company-card.js";
import { EventDeliveries } from "../components/event-deliveries.js";
import { Journey } from "../components/journey.js";
import { Layout } from "../components/layout.js";
import { Link } from "../components/link.js";
import { CompanyLink, PersonCard } from "../components/person-card.js";
import { visitLength } from "../components/session-table.js";
import { cut } from "../components/short.js";
import { Time } from "../components/time.js";
import { Timeline } from "../components/timeline.js";
import { VisibleText, visibleText } from "../components/visible-text.js";
import { VisitDetails } from "../components/visit-details.js";
import { eventPath, personPath } from "../paths.js";
import type { EventDetails } from "../visits/event-details.js";
import { sessionListPath } from "../visits/session-list-filter.js";
import { timelineOf } from "../visits/signals.js";
import { knownName, visitorName } from "../visits/visitor.js";

export interface SessionPageProps {
  readonly session: SessionRow & { readonly pages: readonly PageView[] };
  /** Undefined if the store no longer has the event. */
  readonly details: EventDetails | undefined;
  readonly person: PersonRow | undefined;
  readonly company: CompanyRow | undefined;
  /** Undefined where nothing is delivered. */
  readonly deliveries: DeliveryPage | undefined;
  /** The newest other sessions of the same visitor. */
  readonly others: readonly SessionRow[];
  readonly now: number;
}

/** Renders one session: who, what, from where, and what happened to its event. */
export function SessionPage(props: SessionPageProps) {
  const { session, details, person, company, deliveries, others, now } = props;
  const timeline = timelineOf(session.pages, details?.signals ?? []);
  const event = { id: session.eventId, version: 1 };
  return (
    <Layout title={`Session of ${visibleText(cut(visitorName(session), 80))}`} signedIn={true} current="/">
      <BackLink list="/" name="sessions" />
      <Head session={session} now={now} />
      <div class="columns">
        <div class="central">
          <section class="panel" aria-labelledby="timeline">
            <div class="panel-head">
              <h2 id="timeline">Visit</h2>
              <p class="actions">
                <Link class="button" to={eventPath(event)}>
                  Raw event
                </Link>
              </p>
            </div>
            {timeline.pages.length === 0 ? (
              <p class="note">The event reports no pages{session.finalizedAt === null ? " yet" : ""}.</p>
            ) : (
              <Timeline timeline={timeline} now={now} />
            )}
          </section>
          {deliveries !== undefined && deliveries.deliveries.length > 0 && (
            <EventDeliveries
              event={session.eventId}
              deliveries={deliveries.deliveries}
              more={deliveries.nextCursor !== null}
              destinations={[]}
            />
          )}
          {others.length > 0 && (
            <section class="panel" aria-labelledby="others">
              <div class="panel-head">
                <h2 id="others">Other visits</h2>
                <Link to={allOf(session)}>Show all</Link>
              </div>
              <Journey
                visits={others.map((visit) => ({ session: visit }))}
                now={now}
                named={session.person === null}
              />
            </section>
          )}
        </div>
        <div class="aside">
          {person !== undefined && <PersonCard person={person} now={now} />}
          {company !== undefined && <CompanyCard company={company} facts={details?.facts} />}
          <VisitDetails session={session} facts={details?.facts} />
        </div>
      </div>
    </Layout>
  );
}

function Head({ session, now }: { readonly session: SessionRow; readonly now: number }) {
  const name = visitorName(session);
  const company = session.companyName ?? session.companyDomain;
  const { person, personTitle } = session;
  return (
    <div class="profile-head">
      <Avatar
        name={knownName(session)}
        seed={person ?? session.visitorId ?? session.id}
        kind={session.bot ? "bot" : "person"}
        large={true}
      />
      <div>
        <h1>
          {person === null ? (
            <VisibleText text={cut(name, 200)} />
          ) : (
            <Link to={personPath(person)}>
              <VisibleText text={cut(name, 200)} />
            </Link>
          )}
        </h1>
        <p class="profile-line">
          {personTitle !== null && <VisibleText text={cut(personTitle, 200)} />}
          {personTitle !== null && company !== null && " at "}
          {company !== null && <CompanyLink company={session.company} name={company} />}
          {personTitle === null && company === null && <span class="note">{unknownLine(session)}</span>}
        </p>
        <p class="profile-facts">
          <span>
            <Time at={session.startedAt} now={now} />
          </span>
          <span>{visitLength(session)}</span>
          {session.bot && <span class="tag">Bot</span>}
          {session.corporateProxy && <span class="tag">Corporate proxy</span>}
          {session.finalizedAt === null && <span class="tag">Not final yet</span>}
        </p>
      </div>
    </div>
  );
}

function unknownLine({ bot, person }: SessionRow): string {
  if (bot) return "Judged to be a program, not a person.";
  return person === null ? "Nobody was identified in this session." : "Position and company are unknown.";
}

function allOf({ person, visitorId }: SessionRow): string {
  return person === null
    ? sessionListPath({ visitorId: visitorId ?? undefined, bots: "all" })
    : sessionListPath({ person, bots: "all" });
}
