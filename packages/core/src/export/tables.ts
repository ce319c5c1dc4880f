import { attributionKeys } from "../fixed-values.js";
import type { EventSummary } from "../ports/event-log.js";
import type { CompanyRow, PersonRow, SessionRow, Touch } from "../ports/fact-store.js";
import type { Cell } from "./csv.js";

interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => Cell;
}

/** A kind of rows that can be exported. */
export interface ExportTable<Row> {
  /** Beginning of the file name. */
  readonly name: string;
  /** Columns of CSV; NDJSON has the rows themselves. */
  readonly columns: readonly Column<Row>[];
}

/** One of the values that `AttributionRow` describes, or the sum of those that a limit left out. */
export interface ExportedAttribution {
  readonly value: string | null;
  /** 1; more for the sum of the values that are not listed. */
  readonly values: number;
  readonly sessions: number;
  readonly people: number;
  readonly companies: number;
}

/** `time`, `seconds`: written as ISO 8601. `touch`: a column for each of its fields. */
type Kind = "value" | "time" | "seconds" | "touch";

function table<Row>(name: string, kinds: Readonly<Record<keyof Row & string, Kind>>): ExportTable<Row> {
  const entries = Object.entries(kinds) as [keyof Row & string, Kind][];
  return { name, columns: entries.flatMap(([key, kind]) => columnsOf<Row>(key, kind)) };
}

function columnsOf<Row>(key: keyof Row & string, kind: Kind): Column<Row>[] {
  if (kind !== "touch") {
    const show = kind === "value" ? (value: Cell) => value : isoTime(kind === "time" ? 1 : 1000);
    return [{ name: key, cell: (row) => show(row[key] as Cell) }];
  }
  return attributionKeys.map((field) => ({
    name: `${key}${field.charAt(0).toUpperCase()}${field.slice(1)}`,
    cell: (row) => (row[key] as Touch)[field],
  }));
}

const isoTime = (unitMs: number) => (value: Cell) => {
  const date = new Date(typeof value === "number" ? value * unitMs : Number.NaN);
  return Number.isNaN(date.getTime()) ? value : date.toISOString();
};

export const sessionTable = table<SessionRow>("sessions", {
  id: "value",
  eventId: "value",
  eventType: "value",
  visitorId: "value",
  startedAt: "time",
  endedAt: "time",
  finalizedAt: "time",
  durationSeconds: "value",
  pageCount: "value",
  source: "value",
  medium: "value",
  campaign: "value",
  term: "value",
  content: "value",
  landingPage: "value",
  referrer: "value",
  country: "value",
  city: "value",
  device: "value",
  browser: "value",
  os: "value",
  botScore: "value",
  bot: "value",
  corporateProxy: "value",
  person: "value",
  personName: "value",
  personTitle: "value",
  personEmail: "value",
  company: "value",
  companyName: "value",
  companyDomain: "value",
  companyEmployeeCount: "value",
});

export const personTable = table<PersonRow>("people", {
  key: "value",
  name: "value",
  title: "value",
  seniority: "value",
  email: "value",
  emailStatus: "value",
  linkedinUrl: "value",
  country: "value",
  city: "value",
  company: "value",
  companyName: "value",
  companyDomain: "value",
  sessions: "value",
  pages: "value",
  firstAt: "time",
  lastAt: "time",
  first: "touch",
  last: "touch",
});

export const companyTable = table<CompanyRow>("companies", {
  key: "value",
  name: "value",
  domain: "value",
  industry: "value",
  employeeCount: "value",
  country: "value",
  city: "value",
  linkedinUrl: "value",
  fundingTotalUsd: "value",
  monthlyVisitors: "value",
  people: "value",
  sessions: "value",
  pages: "value",
  firstAt: "time",
  lastAt: "time",
  first: "touch",
  last: "touch",
});

export const attributionTable = table<ExportedAttribution>("attribution", {
  value: "value",
  values: "value",
  sessions: "value",
  people: "value",
  companies: "value",
});

/** Without bodies. */
export const eventTable = table<EventSummary>("events", {
  id: "value",
  version: "value",
  type: "value",
  status: "value",
  receivedAt: "time",
  attemptTimestamp: "seconds",
  size: "value",
  duplicates: "value",
  position: "value",
});
