import { existsSync, renameSync } from "node:fs";

// Moves a file away and back until it is killed, and prints each time whether another file was at its path meanwhile.
const [, , path = ""] = process.argv;
const sleep = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
for (let i = 0; ; i++) {
  renameSync(path, `${path}.away`);
  sleep(1 + (i % 40));
  process.stdout.write(existsSync(path) ? "created\n" : "moved\n");
  renameSync(`${path}.away`, path);
  sleep(1 + (i % 20));
}
