import type { Touch } from "@sessionhook/core";
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
      const coarse = new Map<number, number[]>();
      for (const [day, sums] of days) {
        add(statements, g, [by, 1, day, value], sums);
        const at = Math.floor(day / coarseDays);
        const before = coarse.get(at);
        coarse.set(
          at,
          before === undefined ? [...sums] : before.map((sum, index) => sum + (sums[index] ?? 0)),
        );
      }
      if (by === byAll) continue;
      for (const [at, sums] of coarse) add(statements, g, [by, coarseDays, at, value], sums);
    }
    this.#changes.clear();
  }
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
