import {
  count,
  listOf,
  milliseconds,
  millisecondsOrNull,
  nullable,
  object,
  orNull,
  ref,
  text,
} from "./openapi-parts.ts";

const string = (description: string) => nullable("string", description);
const number = (description: string) => nullable("number", description);
const integer = (description: string) => nullable("integer", description);

const touch = {
  source: string("`utm_source`; else the domain of the referrer; null for a direct visit."),
  medium: string("`utm_medium`."),
  campaign: string("`utm_campaign`."),
  landingPage: string("Path of the first page."),
  referrer: string(
    "Registrable domain of the page, or package name of the Android app, that the visitor came from.",
  ),
  country: string("Country of the visit: ISO 3166-1 alpha-2."),
};

const companyOf = {
  company: string("Key of the company."),
  companyName: string("Name of the company."),
  companyDomain: string("Domain of the company."),
};

const session = {
  id: text("Id of the session; that of the event for a session without one."),
  eventId: text("Message id of the event that the row was derived from."),
  eventType: text("Type of that event."),
  visitorId: string("Id of the visitor."),
  startedAt: milliseconds("Start of the session; for one without a start the creation of its event"),
  endedAt: millisecondsOrNull("End of the session"),
  finalizedAt: millisecondsOrNull("Time at which the record was made final"),
  durationSeconds: number("Duration in seconds."),
  pageCount: count("Number of pages."),
  ...touch,
  term: string("`utm_term`."),
  content: string("`utm_content`."),
  city: string("City of the visit."),
  device: string("Kind of device."),
  browser: string("Browser."),
  os: string("Operating system."),
  botScore: number("Score of the bot management of the provider."),
  bot: { type: "boolean", description: "Judged to be a bot." },
  corporateProxy: { type: "boolean", description: "From the proxy of a company." },
  person: string("Key of the person; null for a visitor who was not identified."),
  personName: string("Name of the person."),
  personTitle: string("Job title of the person."),
  personEmail: string("E-mail address of the person."),
  ...companyOf,
  companyEmployeeCount: integer("Employees of the company."),
};

const summary = {
  key: text("Opaque and stable."),
  name: string("Name."),
  sessions: count("Number of sessions, those of bots included."),
  pages: count("Number of pages of all sessions."),
  firstAt: milliseconds("Start of the first session"),
  lastAt: milliseconds("Start of the last session"),
  first: ref("Touch"),
  last: ref("Touch"),
};

const counts = {
  sessions: count("Sessions, without those of bots."),
  people: count("Identified people."),
  companies: count("Companies."),
};

const page = (title: string, description: string, name: string, schema: string) =>
  object(title, description, {
    [name]: listOf(schema, "At most `limit` rows, also fewer before the last page."),
    nextCursor: string("`cursor` of the next page; null on the last page."),
    examinedTo: millisecondsOrNull(
      "Null, or reading stopped at a limit: rows from before this time were not examined",
    ),
  });

const pageView = object("PageView", "A page of a session.", {
  position: count("0 for the first page."),
  at: milliseconds("Time of the view"),
  path: text("Path of the page."),
  url: text("Address of the page."),
  title: string("Title of the page."),
  seconds: number("Time until the next signal of the session or its end; null if it is unknown."),
});

export const visitSchemas = {
  Touch: object("Touch", "Where a session came from.", touch),
  SessionRow: object("SessionRow", "A session, from its newest event.", session),
  PageView: pageView,
  SessionDetail: object("SessionDetail", "A session with its pages and deliveries.", {
    ...session,
    pages: listOf("PageView", "The pages in the order of the visit, at most 500."),
    deliveries: listOf("Delivery", "The newest deliveries of its event, at most 500."),
  }),
  SessionPage: page("SessionPage", "Sessions, newest first.", "sessions", "SessionRow"),
  PersonRow: object("PersonRow", "An identified person, from their newest event.", {
    ...summary,
    title: string("Job title."),
    seniority: string("Seniority."),
    email: string("E-mail address."),
    emailStatus: string("Result of the validation of the address: valid, risky, unknown or invalid."),
    linkedinUrl: string("Address of the LinkedIn profile."),
    country: string("Country of the person."),
    city: string("City of the person."),
    ...companyOf,
  }),
  PersonPage: page("PersonPage", "People, those with the newest session first.", "people", "PersonRow"),
  CompanyRow: object("CompanyRow", "A company, from its newest event.", {
    ...summary,
    domain: string("Domain."),
    industry: string("Industry."),
    employeeCount: integer("Employees."),
    country: string("Country of the company."),
    city: string("City of the company."),
    linkedinUrl: string("Address of the LinkedIn page."),
    fundingTotalUsd: number("Total funding in US dollars."),
    monthlyVisitors: number("Visitors of its website in a month."),
    people: count("Identified people with a session of this company."),
  }),
  CompanyPage: page(
    "CompanyPage",
    "Companies, those with the newest session first.",
    "companies",
    "CompanyRow",
  ),
  AttributionRow: object("AttributionRow", "The counts of one value.", {
    value: string("Null: without this value, such as a direct visit."),
    ...counts,
  }),
  AttributionTotal: object("AttributionTotal", "The counts of all values.", counts),
  AttributionOthers: object("AttributionOthers", "The counts of the values that `limit` left out.", {
    values: count("Number of those values."),
    ...counts,
  }),
  AttributionDay: object("AttributionDay", "The counts of one day.", {
    day: milliseconds("Start of the day in UTC"),
    sessions: counts.sessions,
    people: counts.people,
  }),
  AttributionTable: object("AttributionTable", "Sessions, people and companies by where they came from.", {
    rows: listOf("AttributionRow", "Most sessions first, then most people, then by value."),
    others: orNull("AttributionOthers", "The values that `limit` left out; null if there are none."),
    total: ref("AttributionTotal"),
    days: listOf(
      "AttributionDay",
      "Oldest first, without empty days; at most 400. A person counts on the day of the first visit, or the last, by the model.",
    ),
  }),
};
