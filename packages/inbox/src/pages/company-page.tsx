import type { CompanyRow, PersonRow, RowPage } from "@sessionhook/core";
import type { Facts } from "@sessionhook/core/facts";
import { BackLink } from "../components/back-link.js";
import { Avatar } from "../components/avatar.js";
import { firmOf } from "../components/company-card.js";
import { Details } from "../components/details.js";
import type { Visit } from "../components/journey.js";
import { Layout } from "../components/layout.js";
import { Link } from "../components/link.js";
import { Moment } from "../components/moment.js";
import { ProfileHead } from "../components/profile-head.js";
import { cut, Short } from "../components/short.js";
import { Touches } from "../components/touches.js";
import { VisibleText, visibleText } from "../components/visible-text.js";
import { VisitsSection } from "../components/visits-section.js";
import { formatPlural } from "../format/number.js";
import { companyPath, personPath } from "../paths.js";
import { sessionListPath } from "../visits/session-list-filter.js";
import { summaryListPath } from "../visits/summary-list-filter.js";

export interface CompanyPageProps {
  readonly company: CompanyRow;
  /** Of the newest event, if the store has it. */
  readonly facts: Facts | undefined;
  /** Its identified visitors, the last visit first. */
  readonly people: RowPage<PersonRow>;
  readonly visits: readonly Visit[];
  readonly cursor: string | undefined;
  readonly nextCursor: string | null;
  readonly now: number;
}

/** Renders one company: its size, first and last touch, visitors, every visit. */
export function CompanyPage({ company, facts, people, visits, cursor, nextCursor, now }: CompanyPageProps) {
  const { key, name, domain } = company;
  const shown = name ?? domain;
  const path = companyPath(key);
  return (
    <Layout title={visibleText(cut(shown ?? "Company", 80))} signedIn={true} current="/companies">
      <BackLink list="/companies" name="companies" />
      <ProfileHead name={shown} unnamed="Company without a name" seed={key} kind="company">
        {domain !== null && name !== null && (
          <p class="profile-line">
            <VisibleText text={cut(domain, 200)} />
          </p>
        )}
        <p class="profile-facts">
          <span>{formatPlural(company.people, "known person", "known people")}</span>
          <span>{formatPlural(company.sessions, "session")}</span>
          <span>{formatPlural(company.pages, "page")}</span>
          {company.sessions > 0 && (
            <Link to={sessionListPath({ company: key, bots: "all" })}>Show in the list of sessions</Link>
          )}
        </p>
      </ProfileHead>
      <div class="columns">
        <div class="central">
          {company.people > 0 && <Visitors people={people} company={company} now={now} />}
          <VisitsSection
            visits={visits}
            sessions={company.sessions}
            newest={cursor === undefined ? undefined : path}
            older={nextCursor === null ? undefined : companyPath(key, nextCursor)}
            now={now}
            named={true}
          />
        </div>
        <div class="aside">
          <section class="panel" aria-labelledby="company">
            <h2 id="company">Company</h2>
            <Details items={[...firmOf(company, facts), ["About", facts?.companyDescription]]} />
          </section>
          {company.sessions > 0 && <Touches summary={company} now={now} />}
        </div>
      </div>
    </Layout>
  );
}

interface VisitorsProps {
  readonly people: RowPage<PersonRow>;
  readonly company: CompanyRow;
  readonly now: number;
}

function Visitors({ people, company, now }: VisitorsProps) {
  const moved = people.nextCursor === null ? company.people - people.rows.length : 0;
  return (
    <section class="panel" aria-labelledby="visitors">
      <div class="panel-head">
        <h2 id="visitors">Visitors</h2>
        {people.nextCursor !== null && (
          <Link to={summaryListPath("/people", { company: company.key })}>Show all</Link>
        )}
      </div>
      <ul class="visitors" data-rows>
        {people.rows.map((person) => {
          const name = person.name ?? person.email;
          return (
            <li class="who">
              <Avatar name={name} seed={person.key} />
              <span>
                <Link to={personPath(person.key)}>
                  <Short text={name ?? "Person without a name"} />
                </Link>
                {person.title !== null && <Short class="sub" text={person.title} />}
              </span>
              <span class="visitor-visits note">
                {formatPlural(person.sessions, "session")}, last{" "}
                <Moment at={person.lastAt} now={now} form="relative" />
              </span>
            </li>
          );
        })}
      </ul>
      {moved > 0 && (
        <p class="note">
          {people.rows.length > 0 && "And "}
          {formatPlural(moved, "person", "people")} whose newest session names another company.
        </p>
      )}
      {people.rows.length > 0 && (
        <p class="note counted">Sessions of a person are counted over all companies, bots included.</p>
      )}
    </section>
  );
}
