import type { Statements } from "../statements.js";

/** A generation of the derived tables: the one in use, one that a rebuild fills, or an old one that is being deleted. */
export interface Generation {
  readonly generation: number;
  readonly state: "live" | "building" | "deleting";
  readonly incomplete: number;
  readonly sessions: number;
  readonly people: number;
  readonly companies: number;
  readonly started_at: number;
  /** Number of the last event that was read. */
  readonly position: number;
  readonly read: number;
  readonly total: number;
}

export function generations(statements: Statements): readonly Generation[] {
  return statements.all<Generation>("SELECT * FROM derivation ORDER BY generation");
}

/** Returns the prefix of the tables in use. */
export function livePrefix(statements: Statements): string {
  const row = statements.get<{ generation: number }>(liveSql);
  return `g${row?.generation ?? 1}`;
}

const liveSql = "SELECT generation FROM derivation WHERE state = 'live'";

/** Returns those that a change of an event concerns: the ones that have read it. */
export function generationsOf(all: readonly Generation[], seq: number): readonly number[] {
  return all
    .filter(({ state, position }) => state !== "deleting" && seq <= position)
    .map(({ generation }) => generation);
}
