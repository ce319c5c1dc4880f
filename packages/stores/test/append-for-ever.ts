import { writeSync } from "node:fs";
import { openSqliteStore } from "../src/sqlite.js";
import { batchOf } from "./batch.js";

// Appends batch after batch and prints the number of each once it is acknowledged.
const [path = "", round = ""] = process.argv.slice(2);
const store = await openSqliteStore({ path, busyTimeoutMs: 20_000 });
for (let number = 0; ; number++) {
  await store.append(batchOf(round, number));
  print(`${number}\n`);
}

/** Waits while the pipe is full: its reader can be slower. */
function print(line: string): void {
  for (;;) {
    try {
      writeSync(1, line);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
  }
}
