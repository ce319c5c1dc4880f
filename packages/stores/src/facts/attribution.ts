import type { AttributionQuery, AttributionRow, AttributionTable, Touch } from "@sessionhook/core";
export { attributionKeys } from "@sessionhook/core";
import { checkLimit } from "../page.js";
import { compareText } from "./cursor.js";

export const dayMs = 86_400_000;
/** Days of an attribution table. */
const maxDays = 400;
/** Values for the filters of pages, and the days they are from. */
export const maxValues = 50;
const valueDays = 90;
/** Days of one row of the coarse sums of visits. */
export const coarseDays = 32;

/** Returns the first group of days that the values for filters are from; its older days count too. */
export function firstCoarse(newestDay: number): number {
  return Math.floor((newestDay - valueDays + 1) / coarseDays);
}

export const noTouch: Touch = {
  source: null,
  medium: null,
  campaign: null,
  landingPage: null,
  referrer: null,
  country: null,
};

export interface Counts {
  sessions: number;
  people: number;
  companies: number;
}

/** Sums of an attribution, by value and by day; the value null is an empty text, which no session has. */
export class AttributionSums {
  readonly #values = new Map<string, Counts>();
  readonly #days = new Map<number, Counts>();

  addValue(value: string, counts: Partial<Counts>): void {
    add(this.#values, value, counts);
  }

  /** @param day number of the day since 1970 */
  addDay(day: number, counts: Partial<Counts>): void {
    add(this.#days, day, counts);
  }

  table(limit: number): AttributionTable {
    const rows = [...this.#values]
      .filter(([, { sessions, people, companies }]) => sessions !== 0 || people !== 0 || companies !== 0)
      .map(([value, counts]): AttributionRow => ({ value: value === "" ? null : value, ...counts }))
      .sort(
        (one, other) =>
          other.sessions - one.sessions ||
          other.people - one.people ||
          compareText(one.value ?? "", other.value ?? ""),
      );
    const rest = rows.slice(limit);
    const days = [...this.#days]
      .filter(([, { sessions, people }]) => sessions !== 0 || people !== 0)
      .sort(([one], [other]) => one - other)
      .slice(-maxDays)
      .map(([day, { sessions, people }]) => ({ day: day * dayMs, sessions, people }));
    return {
      rows: rows.slice(0, limit),
      others: rest.length === 0 ? null : { values: rest.length, ...sum(rest) },
      total: sum(rows),
      days,
    };
  }
}

/** @throws RangeError for an invalid limit */
export function checkAttribution({ limit }: AttributionQuery): void {
  checkLimit(limit);
}

function add<Key>(
  map: Map<Key, Counts>,
  key: Key,
  { sessions = 0, people = 0, companies = 0 }: Partial<Counts>,
) {
  const sums = map.get(key) ?? { sessions: 0, people: 0, companies: 0 };
  sums.sessions += sessions;
  sums.people += people;
  sums.companies += companies;
  map.set(key, sums);
}

function sum(rows: readonly AttributionRow[]): Counts {
  const total = { sessions: 0, people: 0, companies: 0 };
  for (const { sessions, people, companies } of rows) {
    total.sessions += sessions;
    total.people += people;
    total.companies += companies;
  }
  return total;
}
