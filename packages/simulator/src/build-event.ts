import { type EventType, eventTypes } from "@sessionhook/core";
import { timedId } from "./ids.js";
import type { Person } from "./people.js";
import type { Company } from "./companies.js";
import type { Population } from "./population.js";
import type { Random } from "./random.js";
import { makeSession, type Session } from "./sessions.js";

/** The event types that the simulator generates: `identity.session.finalized` and its four siblings. */
export const simulatedTypes = eventTypes;

export type SimulatedType = EventType;

const messages = {
  timeout: "The mail server did not answer in time",
  rate_limited: "Too many checks for this domain",
};

function validation(random: Random, email: string) {
  const provider = random.pick(["vB3kT", "mX8wQ"]);
  if (random.chance(0.06)) {
    const code = random.pick(["timeout", "rate_limited"] as const);
    return { email, validity: null, provider, error: { code, message: messages[code] } };
  }
  const validity = random.weighted([
    { weight: 62, is: "valid" },
    { weight: 12, is: "invalid" },
    { weight: 16, is: "catch_all" },
    { weight: 10, is: "valid_catch_all" },
  ] as const).is;
  return { email, validity, provider, error: null };
}

function validations(random: Random, who: Person) {
  const mails = random.sample([...(who.freemail ? [] : [who.workMail]), who.privateMail], random.int(1, 2));
  return mails.map((mail) => validation(random, mail));
}

/** Chooses a company that the provider found besides the employer. */
type OtherCompany = (random: Random) => Company;

function enrichment(random: Random, otherCompany: OtherCompany, who: Person, at: number) {
  const { linkedinUrl, provider, ...rest } = who.person;
  const { experience, education, ...about } = rest;
  return {
    person: {
      linkedinUrl,
      enrichedAt: new Date(at - random.int(200, 90_000)).toISOString(),
      provider,
      ...about,
      employments: (random.chance(0.55) || who.complete) && !who.freemail ? [who.employment] : [],
      experience,
      education,
    },
    companies:
      (random.chance(0.88) || who.complete) && !who.freemail
        ? [who.company.full, ...(random.chance(0.12) ? [otherCompany(random).full] : [])]
        : [],
    emailValidations: who.complete
      ? [{ email: who.workMail, validity: "valid" as const, provider: "vB3kT", error: null }]
      : random.chance(0.5)
        ? validations(random, who)
        : [],
  };
}

function attribution(random: Random, session: Session) {
  return {
    type: "website" as const,
    pixelId: session.running.pid,
    vid: session.running.vid,
    sessionId: session.running.sid,
    prid: random.pick(["jNNdd", "OMzN4"] as const),
  };
}

function identity(random: Random, who: Person, needsProfile: boolean) {
  const { demographics, location, professional, phones } = who.identity;
  const emails = [
    ...(who.freemail ? [] : [{ type: "professional" as const, value: who.workMail }]),
    { type: "personal" as const, value: who.privateMail },
  ];
  return {
    emails: random.sample(emails, random.int(needsProfile ? 1 : 0, 2)),
    phones,
    linkedinUrl: needsProfile || random.chance(0.6) ? who.linkedinUrl : null,
    demographics,
    location,
    professional,
  };
}

function finalizedData(random: Random, otherCompany: OtherCompany, session: Session, identifiedWith: number) {
  const who = session.visitor.person;
  const known = who !== null && random.chance(identifiedWith);
  const matched =
    known && random.chance(0.4)
      ? {
          enrichments: [
            {
              enrichedAt: session.last,
              enrichmentData: JSON.stringify({ match: "email_hash", person: who.linkedinUrl }),
            },
          ],
        }
      : {};
  return {
    session: { ...session.finalized, ...matched },
    enrichment: known ? enrichment(random, otherCompany, who, session.finalizedAt) : null,
    sessionEndedAt: session.sessionEndedAt,
    eventCount: session.events.length,
    finalizedAt: session.finalizedAt,
  };
}

function siblingData(
  random: Random,
  otherCompany: OtherCompany,
  session: Session,
  type: Exclude<SimulatedType, "identity.session.finalized">,
  at: number,
) {
  const who = session.visitor.person as Person;
  const seen = random.maybe(0.85, session.running);
  const from = attribution(random, session);
  if (type === "identity.validated") {
    return { attribution: from, session: seen, validations: validations(random, who) };
  }
  if (type !== "identity.enriched") {
    return {
      attribution: from,
      identity: identity(random, who, type === "identity.qualified"),
      session: seen,
    };
  }
  const found = random.chance(0.9) ? enrichment(random, otherCompany, who, at) : null;
  const personFound = found !== null && random.chance(0.92);
  return {
    attribution: from,
    query: { type: "person" as const, match: "linkedinUrl" as const, value: who.linkedinUrl },
    companiesEnriched: found?.companies.length ?? 0,
    enrichment: found === null ? null : { ...found, person: personFound ? found.person : null },
    session: seen,
  };
}

/** Builds an event of a type as an object; core accepts its JSON. */
export function buildEvent(random: Random, population: Population, type: SimulatedType) {
  const session = makeSession(random, population, type !== "identity.session.finalized");
  return eventOf(random, (from) => population.anyCompany(from), session, type);
}

/**
 * Builds the event of a session.
 * @param identifiedWith probability that the finalized event names the visitor's person
 */
export function eventOf(
  random: Random,
  otherCompany: OtherCompany,
  session: Session,
  type: SimulatedType,
  identifiedWith = 0.93,
) {
  if (type === "identity.session.finalized") {
    const created = session.finalizedAt + random.int(30, 2500);
    return {
      id: timedId("evt_", created, random),
      type,
      created,
      data: finalizedData(random, otherCompany, session, identifiedWith),
    };
  }
  const created = session.running.createdAt + random.int(900, 50_000);
  return {
    id: timedId("evt_", created, random),
    type,
    created,
    data: siblingData(random, otherCompany, session, type, created),
  };
}
