import type { FactStore } from "@sessionhook/core";
import { historyDays, historyEnd } from "./history.ts";

const dayMs = 86_400_000;
const daysAgo = (days: number) => historyEnd - days * dayMs;

/** One reading, called with a number that varies its arguments. */
export type Read = readonly [name: string, read: (facts: FactStore, turn: number) => Promise<unknown>];

const page = { limit: 50 };

export const reads: readonly Read[] = [
  ["sessions, newest", (facts) => facts.sessions({ ...page, bots: "without" })],
  [
    "sessions of a source",
    (facts, turn) => facts.sessions({ ...page, bots: "without", source: `source${turn % 40}` }),
  ],
  [
    "sessions of a rare campaign",
    (facts, turn) => facts.sessions({ ...page, campaign: `campaign${290 + (turn % 10)}` }),
  ],
  [
    "sessions of a source, campaign, country and size",
    (facts, turn) =>
      facts.sessions({
        ...page,
        source: "source0",
        campaign: `campaign${turn % 3}`,
        country: "C59",
        employeesFrom: 4990,
      }),
  ],
  [
    "sessions that match nothing",
    (facts) => facts.sessions({ ...page, country: "C0", medium: "none", identified: true }),
  ],
  [
    "sessions of large companies in an old month",
    (facts) => facts.sessions({ ...page, employeesFrom: 4999, to: daysAgo(90) }),
  ],
  [
    "sessions, page of 500 from the middle",
    (facts, turn) => facts.sessions({ limit: 500, to: daysAgo(turn % historyDays) }),
  ],
  ["sessions, bots only", (facts) => facts.sessions({ ...page, bots: "only" })],
  [
    "search: a name",
    (facts, turn) => facts.sessions({ ...page, q: `jane miller${(turn * 100).toString(36)}` }),
  ],
  ["search: a frequent name", (facts) => facts.sessions({ ...page, q: "jane mil" })],
  ["search: a letter", (facts) => facts.sessions({ ...page, q: "j" })],
  ["search: a part of a domain", (facts) => facts.sessions({ ...page, q: "firm1" })],
  ["search: nothing", (facts) => facts.sessions({ ...page, q: "jane zzz" })],
  ["search: beginning of all ids", (facts) => facts.sessions({ ...page, q: "ses_" })],
  [
    "search: an id",
    (facts, turn) => facts.sessions({ ...page, q: `evt_${(turn * 5).toString(36).padStart(8, "0")}` }),
  ],
  ["session", (facts, turn) => facts.sessionOfEvent(`evt_${(turn * 7).toString(36).padStart(8, "0")}`)],
  ["people, newest", (facts) => facts.people(page)],
  ["people of a company", (facts, turn) => facts.people({ ...page, company: `domain:firm${turn}.example` })],
  ["people of a rare campaign", (facts) => facts.people({ ...page, campaign: "campaign299" })],
  ["people of large companies", (facts) => facts.people({ ...page, employeesFrom: 4999 })],
  ["people: a frequent name", (facts) => facts.people({ ...page, q: "jane" })],
  ["person", (facts, turn) => facts.people({ limit: 1, q: `jane miller${(turn * 100).toString(36)}` })],
  ["companies, newest", (facts) => facts.companies(page)],
  ["companies of a rare campaign", (facts) => facts.companies({ ...page, campaign: "campaign299" })],
  ["company", (facts, turn) => facts.company(`domain:firm${turn}.example`)],
  ...(["source", "campaign", "landingPage"] as const).flatMap((by): Read[] => [
    [`attribution by ${by}, all`, (facts) => facts.attribution({ model: "first", by, limit: 50 })],
    [
      `attribution by ${by}, 30 days and parts of two`,
      (facts, turn) =>
        facts.attribution({
          model: "last",
          by,
          limit: 50,
          from: daysAgo(60 + (turn % 50)) + 39_600_000,
          to: daysAgo(30 + (turn % 50)) + 39_600_000,
        }),
    ],
  ]),
  ["values of landing pages", (facts) => facts.values("landingPage")],
  ["status", (facts) => facts.status()],
];
