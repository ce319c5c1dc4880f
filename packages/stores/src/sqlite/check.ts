import { statSync } from "node:fs";
import { openFailure } from "./errors.js";
import { inspect } from "./inspect.js";

/** Time to wait for a process that is recovering or closing the database, in milliseconds. */
const patienceMs = 1000;

/**
 * Checks a database without writing to it, also while apps use it: that it is an event store of a known version, and up to
 * 256 MiB that it is whole. Blocks this thread.
 * @returns its size in bytes
 * @throws StoreError naming what is wrong
 */
export function checkDatabase(path: string): number {
  const { size } = statSync(path);
  try {
    inspect(path, size, patienceMs);
    return size;
  } catch (error) {
    throw openFailure(error, path);
  }
}
