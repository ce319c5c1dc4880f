import { mostMerged } from "../../facts/merge-records.js";
import type { Statements } from "../statements.js";
import type { Ranked } from "./owners.js";

/** The events of a generation that have no session and refer to one. */
export class References {
  readonly #statements: Statements;
  readonly #table: string;
  /** False while there is certainly none: most logs have none, and every new session asks. */
  #any: boolean | undefined;

  constructor(statements: Statements, g: string) {
    this.#statements = statements;
    this.#table = `${g}_references`;
  }

  add({ seq, rank }: Ranked, session: string): void {
    this.#statements.run(
      `INSERT INTO ${this.#table} (seq, session, rank) VALUES (?, ?, ?)`,
      seq,
      session,
      rank,
    );
    this.#any = true;
  }

  /** Returns the events that refer to a session, the highest precedence first. */
  to(session: string): readonly Ranked[] {
    this.#any ??= this.#statements.get(`SELECT 1 FROM ${this.#table} LIMIT 1`) !== undefined;
    if (!this.#any) return [];
    const sql = `SELECT seq, rank FROM ${this.#table} WHERE session = ? ORDER BY rank DESC, seq DESC LIMIT ?`;
    return this.#statements.all<Ranked>(sql, session, mostMerged);
  }

  /** Returns the id of the session to which the event referred. */
  remove(seq: number): string | undefined {
    const sql = `DELETE FROM ${this.#table} WHERE seq = ? RETURNING session`;
    return this.#statements.get<{ session: string }>(sql, seq)?.session;
  }
}
