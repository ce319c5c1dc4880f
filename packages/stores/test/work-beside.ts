import { writeFileSync } from "node:fs";
import { beside } from "../src/sqlite/beside.ts";

// Works in a folder beside a file until it is killed. Prints the path of the file that it creates there.
const [path = ""] = process.argv.slice(2);
beside(path, (temporary) => {
  writeFileSync(temporary, "half of it");
  process.stdout.write(`${temporary}\n`);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
