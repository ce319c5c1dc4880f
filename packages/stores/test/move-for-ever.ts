import { renameSync, statSync } from "node:fs";

// Moves a file away and back until it is killed, and prints each time whether another one with content was at its path meanwhile.
const [, , path = ""] = process.argv;
const sleep = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
for (let i = 0; ; i++) {
  renameSync(path, `${path}.away`);
  sleep(1 + (i % 40));
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  process.stdout.write(size > 0 ? "created\n" : "moved\n");
  renameSync(`${path}.away`, path);
  sleep(1 + (i % 20));
}
