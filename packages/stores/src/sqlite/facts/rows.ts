import type { CompanyRow, PersonRow, SessionRow, Touch } from "@sessionhook/core";

import { titleOf } from "./schema.js";

type Raw = Readonly<Record<string, unknown>>;

const touchColumns = ["source", "medium", "campaign", "landing_page", "referrer", "country"];

/** Columns of a session in the order of its row, and the name of each there. */
const sessionColumns = {
  id: "s.id",
  eventId: "e.id",
  eventType: "e.type",
  visitorId: "s.visitor_id",
  startedAt: "s.started_at",
  endedAt: "s.ended_at",
  finalizedAt: "s.finalized_at",
  durationSeconds: "s.duration_seconds",
  pageCount: "s.page_count",
  source: "s.source",
  medium: "s.medium",
  campaign: "s.campaign",
  landingPage: "s.landing_page",
  referrer: "s.referrer",
  country: "s.country",
  term: "s.term",
  content: "s.content",
  city: "s.city",
  device: "s.device",
  browser: "s.browser",
  os: "s.os",
  botScore: "s.bot_score",
  bot: "s.bot",
  corporateProxy: "s.corporate_proxy",
  person: "p.key",
  personName: "s.person_name",
  personTitle: "s.person_title",
  personEmail: "s.person_email",
  company: "c.key",
  companyName: "s.company_name",
  companyDomain: "s.company_domain",
  companyEmployeeCount: "s.company_employee_count",
} satisfies Record<keyof SessionRow, string>;

const summaryColumns = {
  key: "s.key",
  name: "s.name",
  sessions: "s.sessions",
  pages: "s.pages",
  firstAt: "s.first_at",
  lastAt: "s.last_at",
};

const personColumns = {
  ...summaryColumns,
  title: titleOf("s", "title"),
  seniority: titleOf("s", "seniority"),
  email: "s.email",
  emailStatus: "s.email_status",
  linkedinUrl: "s.linkedin_url",
  country: "s.country",
  city: "s.city",
  company: "c.key",
  companyName: "c.name",
  companyDomain: "c.domain",
} satisfies Record<Exclude<keyof PersonRow, "first" | "last">, string>;

const companyColumns = {
  ...summaryColumns,
  domain: "s.domain",
  industry: "s.industry",
  employeeCount: "s.employee_count",
  country: "s.country",
  city: "s.city",
  linkedinUrl: "s.linkedin_url",
  fundingTotalUsd: "s.funding_total_usd",
  monthlyVisitors: "s.monthly_visitors",
  people: "s.people",
} satisfies Record<Exclude<keyof CompanyRow, "first" | "last">, string>;

const list = (columns: Readonly<Record<string, string>>) =>
  Object.entries(columns)
    .map(([name, column]) => `${column} AS "${name}"`)
    .join(", ");
const touches = ["f", "l"]
  .flatMap((table) => touchColumns.map((column, index) => `${table}.${column} AS ${table}${index}`))
  .join(", ");

/** Returns the expression for the number of the session of a row `w` of the events, or to which that event refers. */
export function sessionNumber(g: string): string {
  return `coalesce(w.session, (SELECT o.number FROM ${g}_references AS r
    JOIN ${g}_sessions AS o ON o.id = r.session WHERE r.seq = w.seq))`;
}

/** Returns the query for the rows of a selection `s` of the table. */
export function selectSessions(g: string, selection: string): string {
  return `SELECT ${list(sessionColumns)} FROM ${selection} JOIN events AS e ON e.seq = s.seq
    LEFT JOIN ${g}_people AS p ON p.number = s.person LEFT JOIN ${g}_companies AS c ON c.number = s.company`;
}

export function selectPeople(g: string, selection: string): string {
  return `SELECT ${list(personColumns)}, ${touches} FROM ${selection} ${ends(g)}
    LEFT JOIN ${g}_companies AS c ON c.number = s.company`;
}

export function selectCompanies(g: string, selection: string): string {
  return `SELECT ${list(companyColumns)}, ${touches} FROM ${selection} ${ends(g)}`;
}

function ends(g: string): string {
  return `LEFT JOIN ${g}_sessions AS f ON f.number = s.first_session
    LEFT JOIN ${g}_sessions AS l ON l.number = s.last_session`;
}

export function sessionOf(raw: Raw): SessionRow {
  return { ...raw, bot: raw["bot"] === 1, corporateProxy: raw["corporateProxy"] === 1 } as SessionRow;
}

export function personOf(raw: Raw): PersonRow {
  return {
    ...pick(raw, personColumns),
    first: touchOf(raw, "f"),
    last: touchOf(raw, "l"),
  } as unknown as PersonRow;
}

export function companyOf(raw: Raw): CompanyRow {
  return {
    ...pick(raw, companyColumns),
    first: touchOf(raw, "f"),
    last: touchOf(raw, "l"),
  } as unknown as CompanyRow;
}

function pick(raw: Raw, columns: Readonly<Record<string, string>>): Raw {
  return Object.fromEntries(Object.keys(columns).map((name) => [name, raw[name]]));
}

function touchOf(raw: Raw, table: "f" | "l"): Touch {
  const [source, medium, campaign, landingPage, referrer, country] = touchColumns.map(
    (_, index) => (raw[`${table}${index}`] ?? null) as string | null,
  );
  return { source, medium, campaign, landingPage, referrer, country } as Touch;
}
