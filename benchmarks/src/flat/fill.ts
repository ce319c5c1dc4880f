import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { NewEvent } from "@sessionhook/core";
import { openSqliteStore } from "@sessionhook/stores/sqlite";
import type { Events } from "./events.ts";

const batchSize = 512;

export interface Filled {
  /** Rows of the store: events and conflicting versions. */
  readonly rows: number;
  /** Bytes of the bodies of all rows. */
  readonly bodyBytes: number;
}

/** Appends the events from number `from` up to `to` to a store and reports each tenth of them through `say`. */
export async function fill(
  file: string,
  events: Events,
  [from, to]: readonly [number, number],
  say: (line: string) => void,
): Promise<Filled> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const store = await openSqliteStore({ path: file });
  let [rows, bodyBytes] = [0, 0];
  const append = async (batch: readonly NewEvent[]) => {
    const outcomes = await store.append(batch);
    for (const [i, outcome] of outcomes.entries()) {
      if (outcome === "duplicate") continue;
      rows++;
      bodyBytes += batch[i]?.raw.byteLength ?? 0;
    }
    // The store works synchronously: without this pause, signals would be handled only after the last batch.
    await new Promise(setImmediate);
  };
  try {
    let batch: NewEvent[] = [];
    let told = from;
    for (let number = from; number < to; number++) {
      batch.push(...events.messages(number));
      if (batch.length >= batchSize || number === to - 1) {
        await append(batch);
        batch = [];
      }
      if (number - told > (to - from) / 10) say(`filled ${(told = number)} events`);
    }
  } finally {
    await store.close();
  }
  return { rows, bodyBytes };
}

/** Returns the bytes on disk of a store that no process has open. */
export function bytesOnDisk(file: string): number {
  return statSync(file).size;
}
