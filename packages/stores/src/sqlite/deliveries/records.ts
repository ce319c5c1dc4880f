import type { Derive, DerivedRecords } from "@sessionhook/core";
import { type Generation, generations, generationsOf } from "../facts/generation.js";
import { TableWriter } from "../facts/table-writer.js";
import type { Statements } from "../statements.js";

/** Writes records into the derived tables; create one in each transaction. */
export class RecordWriter {
  readonly #statements: Statements;
  readonly #derive: Derive;
  #generations: readonly Generation[] | undefined;
  readonly #writers = new Map<number, TableWriter>();

  /** @param only the generations whose tables are written; default: all */
  constructor(statements: Statements, derive: Derive, only?: readonly Generation[]) {
    this.#statements = statements;
    this.#derive = derive;
    this.#generations = only;
  }

  /** Stores the records of an event in place of those it had. */
  put(seq: number, records: DerivedRecords | undefined): void {
    this.#generations ??= generations(this.#statements);
    // A deletion applies to all generations: an older version that runs beside this one writes rows without moving the position.
    const position = records === undefined ? 0 : seq;
    for (const generation of generationsOf(this.#generations, position))
      this.#writer(generation).put(seq, records);
  }

  /** Writes the rows and sums that `put` has collected. Call it before the commit. */
  finish(): void {
    for (const writer of this.#writers.values()) writer.finish();
  }

  #writer(generation: number): TableWriter {
    const writer =
      this.#writers.get(generation) ?? new TableWriter(this.#statements, generation, this.#derive);
    this.#writers.set(generation, writer);
    return writer;
  }
}
