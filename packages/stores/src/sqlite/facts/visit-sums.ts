import type { Touch } from "@sessionhook/core";
import type { DatabaseSync } from "node:sqlite";
import { attributionKeys, coarseDays, dayMs } from "../../facts/attribution.js";
import { remembered } from "../remembered.js";
import type { Statements } from "../statements.js";

/** Columns of the sums, in their order. */
export type Summed = "sessions" | "firstPeople" | "lastPeople" | "firstCompanies" | "lastCompanies";
const columns: readonly Summed[] = [
  "sessions",
  "firstPeople",
  "lastPeople",
  "firstCompanies",
  "lastCompanies",
];

/** Numbers of days that a row sums up, `visits.span`. */
export const spans = [1, 8, coarseDays] as const;

/** The number of a key in `visits.by`; the sums of a day without a key have the next one. */
export const byAll = attributionKeys.length;

/** A session as the sums see it. */
export interface Visit extends Touch {
  readonly startedAt: number;
}

/** Collects the changes of a transaction to the sums of visits by day and value. */
export class VisitSums {
  readonly #changes = new Map<string, Map<number, number[]>>();

  /** @param count negative for what is no longer so */
  add(visit: Visit, column: Summed, count: number): void {
    const day = Math.floor(visit.startedAt / dayMs);
    const index = columns.indexOf(column);
    const change = (name: string) => {
      const days = this.#changes.get(name) ?? new Map<number, number[]>();
      this.#changes.set(name, days);
      const sums = days.get(day) ?? [0, 0, 0, 0, 0];
      days.set(day, sums);
      sums[index] = (sums[index] as number) + count;
    };
    for (const [by, key] of attributionKeys.entries()) change(`${by}${visit[key] ?? ""}`);
    change(`${byAll}`);
  }

  store(statements: Statements, g: string): void {
    for (const [name, days] of this.#changes) {
      const [by, value] = [Number(name[0]), name.slice(1)];
      for (const span of by === byAll ? [1] : spans)
        for (const [at, sums] of grouped(days, span)) add(statements, g, [by, span, at, value], sums);
    }
    this.#changes.clear();
  }
}

/** Returns the sums of groups of days. */
function grouped(
  days: ReadonlyMap<number, readonly number[]>,
  span: number,
): ReadonlyMap<number, readonly number[]> {
  if (span === 1) return days;
  const groups = new Map<number, readonly number[]>();
  for (const [day, sums] of days) {
    const at = Math.floor(day / span);
    const before = groups.get(at);
    groups.set(at, before === undefined ? sums : before.map((sum, index) => sum + (sums[index] ?? 0)));
  }
  return groups;
}

function add(
  statements: Statements,
  g: string,
  key: readonly (string | number)[],
  sums: readonly number[],
): void {
  if (sums.every((sum) => sum === 0)) return;
  statements.run(addSql(g), ...key, ...sums);
  if (sums.some((sum) => sum < 0)) statements.run(deleteSql(g), ...key);
}

const addSql = remembered(
  (g) => `INSERT INTO ${g}_visits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
    sessions = sessions + excluded.sessions,
    first_people = first_people + excluded.first_people, last_people = last_people + excluded.last_people,
    first_companies = first_companies + excluded.first_companies,
    last_companies = last_companies + excluded.last_companies`,
);
const deleteSql = remembered(
  (g) => `DELETE FROM ${g}_visits WHERE by = ? AND span = ? AND at = ? AND value = ? AND sessions = 0
    AND first_people = 0 AND last_people = 0 AND first_companies = 0 AND last_companies = 0`,
);

/** Until then, there were no sums of eight days. */
export function sumsOfEightDays(db: DatabaseSync): string {
  const names = db.prepare("SELECT name FROM sqlite_schema WHERE name GLOB 'g[0-9]*_visits'").all();
  const sums = ["sessions", "first_people", "last_people", "first_companies", "last_companies"];
  return names
    .map(
      ({ name }) => `INSERT OR IGNORE INTO ${String(name)}
        SELECT by, 8, at / 8, value, ${sums.map((column) => `sum(${column})`).join(", ")} FROM ${String(name)}
        WHERE by <> ${byAll} AND span = 1 GROUP BY by, at / 8, value;`,
    )
    .join(" ");
}
