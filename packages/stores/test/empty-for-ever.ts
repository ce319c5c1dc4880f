import { copyFileSync, rmSync, statSync, truncateSync } from "node:fs";

// Copies a backup to a path and empties the file again until it is killed, and prints each time whether it stayed empty.
const [, , path = "", backup = ""] = process.argv;
const sleep = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
for (let i = 0; ; i++) {
  for (const suffix of ["-wal", "-shm", "-journal"]) rmSync(`${path}${suffix}`, { force: true });
  copyFileSync(backup, path);
  sleep(1 + (i % 40));
  truncateSync(path);
  sleep(10);
  process.stdout.write(statSync(path).size > 0 ? "written\n" : "emptied\n");
}
