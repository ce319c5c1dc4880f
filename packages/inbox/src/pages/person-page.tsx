import type { PersonRow } from "@sessionhook/core";
import type { Facts } from "@sessionhook/core/facts";
import { BackLink } from "../components/back-link.js";
import { Details } from "../components/details.js";
import type { Visit } from "../components/journey.js";
import { Layout } from "../components/layout.js";
import { Link } from "../components/link.js";
import { CompanyLink, contactOf } from "../components/person-card.js";
import { ProfileHead } from "../components/profile-head.js";
import { cut } from "../components/short.js";
import { Touches } from "../components/touches.js";
import { VisibleText, visibleText } from "../components/visible-text.js";
import { VisitsSection } from "../components/visits-section.js";
import { formatPlural } from "../format/number.js";
import { personPath } from "../paths.js";
import { sessionListPath } from "../visits/session-list-filter.js";

export interface PersonPageProps {
  readonly person: PersonRow;
  /** Of the newest event, if the store has it. */
  readonly facts: Facts | undefined;
  readonly visits: readonly Visit[];
  readonly cursor: string | undefined;
  readonly nextCursor: string | null;
  readonly now: number;
}

/** Renders one person: who, how to reach them, first and last touch, every visit. */
export function PersonPage({ person, facts, visits, cursor, nextCursor, now }: PersonPageProps) {
  const { key, name, email, title, company } = person;
  const shown = name ?? email;
  const companyName = person.companyName ?? person.companyDomain;
  const path = personPath(key);
  return (
    <Layout title={visibleText(cut(shown ?? "Person", 80))} signedIn={true} current="/people">
      <BackLink list="/people" name="people" />
      <ProfileHead name={shown} unnamed="Person without a name" seed={key} kind="person">
        <p class="profile-line">
          {title !== null && <VisibleText text={cut(title, 200)} />}
          {title !== null && companyName !== null && " at "}
          {companyName !== null && <CompanyLink company={company} name={companyName} />}
        </p>
        <p class="profile-facts">
          <span>{formatPlural(person.sessions, "session")}</span>
          <span>{formatPlural(person.pages, "page")}</span>
          {person.sessions > 0 && (
            <Link to={sessionListPath({ person: key, bots: "all" })}>Show in the list of sessions</Link>
          )}
        </p>
      </ProfileHead>
      <div class="columns">
        <div class="central">
          <VisitsSection
            visits={visits}
            sessions={person.sessions}
            newest={cursor === undefined ? undefined : path}
            older={nextCursor === null ? undefined : personPath(key, nextCursor)}
            now={now}
          />
        </div>
        <div class="aside">
          <section class="panel" aria-labelledby="person">
            <h2 id="person">Person</h2>
            <Details items={[...contactOf(person, facts), ["Headline", facts?.personHeadline]]} />
          </section>
          {person.sessions > 0 && <Touches summary={person} now={now} />}
        </div>
      </div>
    </Layout>
  );
}
