import { registrableDomain } from "../facts/domains.js";
import { rankEmails } from "../facts/emails.js";
import { pathOf } from "../facts/pages.js";
import { realId, realOrigin } from "../facts/placeholders.js";
import { at } from "../facts/read.js";
import type { Facts } from "../facts/generated/facts.js";
import { factsOf } from "../facts/facts.js";
import { factsReader } from "../facts/read-facts.js";
import type {
  CompanyRecord,
  DerivedRecords,
  PersonRecord,
  SessionRow,
  StoredBody,
  Touch,
} from "../ports/fact-store.js";
import type { ReceivedEvent, UnrecognizedEvent } from "../schema/event-types.js";
import { parseEvent } from "../schema/parse-event.js";
import { maxTouchLength } from "../limits.js";
import { amount, count, cut, limitTo, maxKeyLength, maxNameLength } from "./bounds.js";
import { type RecordFacts, recordFacts } from "./record-facts.js";
import { companyKeyOf, personKeyOf } from "./keys.js";
import { pageViewsOf } from "./page-views.js";

export { type SearchedAs, searchedAs } from "./searched-as.js";
export type { CompanyRecord, DerivedRecords, PersonRecord, StoredBody };

/** An event of the log, with its parsed body. */
export interface ParsedEvent {
  /** Message id. */
  readonly id: string;
  readonly event: ReceivedEvent | UnrecognizedEvent;
  /** Time of receipt, in Unix milliseconds. */
  readonly receivedAt: number;
}

const name = (text: string | undefined) => cut(text, maxNameLength);

/**
 * Derives the rows of an event for the tables of sessions, people and companies; undefined if it has none. A pure function of
 * its arguments: a time that cannot be right is replaced by that of receipt, texts are cut, and the keys of person and
 * company depend only on the event.
 * @param facts the facts of the event
 *
 * @example
 * ```ts
 * import { parseEvent } from "@sessionhook/core";
 * import { recordsOf } from "@sessionhook/core/derive";
 * import { factsOf } from "@sessionhook/core/facts";
 *
 * const result = parseEvent('{"type":"identity.unheard.of","id":"evt_1"}');
 * if (result.status === "quarantined") throw new Error("It does not fit its schema");
 * const { event } = result;
 * recordsOf({ id: "evt_1", event, receivedAt: 0 }, factsOf(event)); // => undefined
 * ```
 */
export function recordsOf(
  { id, event, receivedAt }: ParsedEvent,
  facts: RecordFacts,
): DerivedRecords | undefined {
  const limit = limitTo(receivedAt);
  const person = personOf(facts);
  const company = companyOf(facts);
  const session = sessionOf(id, event, facts, limit, receivedAt, person, company);
  const namedSession = session === undefined ? sessionIdOf(facts) : undefined;
  const checks = checksOf(event);
  const about = session ?? person ?? company ?? (namedSession === undefined ? undefined : checks);
  if (about === undefined) return undefined;
  const pages =
    session === undefined
      ? []
      : pageViewsOf(at(at(event, "data"), "session"), session.startedAt, limit, facts.sessionEndedAt);
  const final = event.type === "identity.session.finalized";
  const made = limit(facts.eventCreatedAt ?? receivedAt);
  const precedence = { final, at: session?.finalizedAt ?? made };
  return { session, namedSession, checks, pages, person, company, precedence };
}

function checksOf(event: ParsedEvent["event"]): DerivedRecords["checks"] {
  if (event.type !== "identity.validated") return undefined;
  const emails = rankEmails([], at(at(event, "data"), "validations"));
  return emails.length === 0
    ? undefined
    : emails.map(({ address, judgement }) => ({ address, status: judgement }));
}

/** Facts and rows of one stored event. */
export interface Derived {
  /** Undefined for a body that does not fit its schema. */
  readonly facts: Facts | undefined;
  /** Undefined for a body that is not accepted, or without rows. */
  readonly records?: DerivedRecords | undefined;
}

/** Derives facts and rows of a stored event from its body, which it parses once. */
export function deriveStored({ id, raw, receivedAt }: StoredBody): Derived {
  const parsed = parseEvent(raw);
  if (parsed.status === "quarantined") return { facts: undefined };
  const { event, status } = parsed;
  const facts = factsOf(event);
  return { facts, records: status === "accepted" ? recordsOf({ id, event, receivedAt }, facts) : undefined };
}

/** Derives the rows of a stored event from its body; undefined if it does not fit its schema, or has none. */
export function recordsOfStored({ id, raw, receivedAt }: StoredBody): DerivedRecords | undefined {
  const parsed = parseEvent(raw);
  if (parsed.status !== "accepted") return undefined;
  return recordsOf({ id, event: parsed.event, receivedAt }, readRecordFacts(parsed.event));
}

const readRecordFacts = factsReader(recordFacts);

/** Such as Gmail: `android-app://com.google.android.gm/`. */
const androidApp = /^android-app:\/\/([\w.-]+)/i;

/** Returns the site or the app that referred; none for a visit that continues on the same site after its session has ended. */
function referringSite({
  sessionReferrer,
  sessionReferrerDomain: domain,
  sessionLandingPage,
}: RecordFacts): string | undefined {
  if (domain === undefined) return androidApp.exec(sessionReferrer ?? "")?.[1];
  return domain === registrableDomain(sessionLandingPage) ? undefined : domain;
}

/** Returns the source that a click identifier shows: such a visit often has neither campaign nor referrer. */
function clickSource({ sessionGclid, sessionFbclid }: RecordFacts): string | undefined {
  if (sessionGclid !== undefined) return "google";
  return sessionFbclid === undefined ? undefined : "facebook";
}

function touchOf(facts: RecordFacts): Touch {
  const text = (value: string | undefined) => cut(value, maxTouchLength);
  const referrer = referringSite(facts);
  const landingPage = facts.sessionLandingPath ?? pathOf(facts.sessionLandingPage);
  return {
    source: text(realOrigin(facts.utmSource) ?? referrer ?? clickSource(facts)),
    medium: text(realOrigin(facts.utmMedium)),
    campaign: text(realOrigin(facts.utmCampaign)),
    landingPage: text(landingPage),
    referrer: text(referrer),
    country: text(facts.visitCountry),
  };
}

function sessionIdOf({ sessionId }: RecordFacts): string | undefined {
  return cut(realId(sessionId), maxKeyLength) ?? undefined;
}

function sessionOf(
  id: string,
  event: ParsedEvent["event"],
  facts: RecordFacts,
  limit: (time: number) => number,
  receivedAt: number,
  person: PersonRecord | undefined,
  company: CompanyRecord | undefined,
): SessionRow | undefined {
  const session = at(at(event, "data"), "session");
  if (typeof session !== "object" || session === null) return undefined;
  const { sessionEndedAt, eventFinalizedAt } = facts;
  const startedAt = limit(facts.sessionStartedAt ?? facts.eventCreatedAt ?? receivedAt);
  const endedAt = sessionEndedAt === undefined ? null : limit(sessionEndedAt);
  return {
    id: sessionIdOf(facts) ?? id,
    eventId: id,
    eventType: cut(facts.eventType, maxNameLength) ?? "",
    visitorId: cut(facts.sessionVisitorId, maxKeyLength),
    startedAt,
    // One of the two cannot be right.
    endedAt: endedAt !== null && endedAt < startedAt ? null : endedAt,
    finalizedAt: eventFinalizedAt === undefined ? null : limit(eventFinalizedAt),
    durationSeconds: durationOf(facts, limit),
    pageCount: facts.sessionPageCount ?? 0,
    ...touchOf(facts),
    term: cut(realOrigin(facts.utmTerm), maxTouchLength),
    content: cut(realOrigin(facts.utmContent), maxTouchLength),
    city: name(facts.visitCity),
    device: facts.deviceType ?? null,
    browser: facts.deviceBrowser ?? null,
    os: facts.deviceOs ?? null,
    botScore: count(facts.botScore),
    bot: facts.botLikely === true,
    corporateProxy: facts.networkCorporateProxy === true,
    person: person?.key ?? null,
    personName: person?.name ?? null,
    personTitle: person?.title ?? null,
    personEmail: person?.email ?? null,
    company: company?.key ?? null,
    companyName: company?.name ?? null,
    companyDomain: company?.domain ?? null,
    companyEmployeeCount: company?.employeeCount ?? null,
  };
}

/** Returns the time between the limited start and end. */
function durationOf(
  { sessionStartedAt: from, sessionDurationSeconds: seconds }: RecordFacts,
  limit: (time: number) => number,
): number | null {
  // A length from a start that cannot be right is none.
  if (from === undefined || seconds === undefined || limit(from) !== Math.floor(from)) return null;
  const length = limit(Math.round(from + seconds * 1000)) - limit(from);
  return length < 0 ? null : length / 1000;
}

function personOf(facts: RecordFacts): PersonRecord | undefined {
  const key = personKeyOf(facts);
  if (key === undefined) return undefined;
  return {
    key,
    name: name(facts.personFullName),
    title: name(facts.personTitle),
    seniority: facts.personSeniority ?? null,
    email: facts.personEmail ?? null,
    emailStatus: facts.personEmailStatus ?? null,
    linkedinUrl: facts.personLinkedinUrl ?? null,
    country: name(facts.personCountry ?? facts.personCountryCode),
    city: name(facts.personCity),
    company: companyKeyOf(facts) ?? null,
  };
}

function companyOf(facts: RecordFacts): CompanyRecord | undefined {
  const key = companyKeyOf(facts);
  if (key === undefined) return undefined;
  return {
    key,
    name: name(facts.companyName),
    domain: facts.companyDomain ?? null,
    industry: name(facts.companyIndustry ?? facts.companyLinkedinIndustry),
    employeeCount: count(facts.companyEmployeeCount),
    country: name(facts.companyCountry ?? facts.companyCountryCode),
    city: name(facts.companyCity),
    linkedinUrl: facts.companyLinkedinUrl ?? null,
    fundingTotalUsd: amount(facts.companyFundingTotalUsd),
    monthlyVisitors: count(facts.companyMonthlyVisitors),
  };
}
