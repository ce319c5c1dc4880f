import { chooseCompany, type Company } from "./company.js";
import { currentPosition } from "./current-position.js";
import { type Candidate, type Email, rankEmails } from "./emails.js";
import { eventCreatedAt, sessionEndedAt } from "./event-times.js";
import { maxRead } from "./limits.js";
import { type Pages, readPages } from "./pages.js";
import { at, entriesOf, textAt } from "./read.js";
import { readUserAgent, type UserAgent } from "./user-agent.js";

/** The parts of an event that facts are read from. A part that the event lacks is undefined, null or empty. */
export interface Source {
  readonly event: unknown;
  readonly data: unknown;
  readonly session: unknown;
  readonly attribution: unknown;
  readonly network: unknown;
  readonly bot: unknown;
  readonly userAgent: UserAgent | undefined;
  readonly pages: Pages;
  /** The person of an enrichment. */
  readonly person: unknown;
  /** The person of `identity.resolved` and `identity.qualified`. */
  readonly identity: unknown;
  /** Job title of the current position. */
  readonly title: string | undefined;
  /** Address that `identity.enriched` was asked for. */
  readonly queriedLinkedinUrl: unknown;
  readonly emails: readonly Email[];
  readonly company: Company | undefined;
}

/** Finds the parts of an event of any type. Never throws for parsed JSON. */
export function sourceOf(event: unknown): Source {
  const data = at(event, "data");
  const session = at(data, "session");
  const network = at(session, "network");
  const enrichment = at(data, "enrichment");
  const person = at(enrichment, "person");
  const identity = at(data, "identity");
  const query = at(data, "query");
  const agent = textAt(session, "userAgent");
  const candidates: Candidate[] = [{ value: at(person, "email") }];
  for (const email of entriesOf(at(identity, "emails")).slice(0, maxRead))
    candidates.push({ value: at(email, "value"), type: at(email, "type") });
  const emails = rankEmails(candidates, at(enrichment, "emailValidations") ?? at(data, "validations"));
  const time = eventCreatedAt(event) ?? sessionEndedAt(event);
  const employment = currentPosition(at(person, "employments"), time);
  const experience = currentPosition(at(person, "experience"), time);
  return {
    event,
    data,
    session,
    attribution: at(data, "attribution"),
    network,
    bot: at(network, "botManagement"),
    userAgent: agent === undefined ? undefined : readUserAgent(agent),
    pages: readPages(session),
    person,
    identity,
    title:
      textAt(employment, "title") ??
      textAt(experience, "title") ??
      textAt(at(identity, "professional"), "jobTitle"),
    queriedLinkedinUrl: at(query, "match") === "linkedinUrl" ? at(query, "value") : undefined,
    emails,
    company: chooseCompany({
      employment,
      companies: at(enrichment, "companies"),
      experience,
      identity,
      emails,
    }),
  };
}
