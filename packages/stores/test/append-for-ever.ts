import { writeSync } from "node:fs";
import { openSqliteStore } from "../src/sqlite.js";
import { batchOf } from "./batch.js";

// Appends batch after batch and prints the number of each once it is acknowledged.
const [path = "", round = ""] = process.argv.slice(2);
const store = await openSqliteStore({ path, busyTimeoutMs: 20_000 });
for (let number = 0; ; number++) {
  await store.append(batchOf(round, number));
  writeSync(1, `${number}\n`);
}
