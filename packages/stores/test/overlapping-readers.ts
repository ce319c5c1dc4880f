import { DatabaseSync } from "node:sqlite";

// Two connections that read alternately, each beginning before the other ends, so that there is always a reader.
const path = process.argv[2] ?? "";
const readers = [new DatabaseSync(path), new DatabaseSync(path)];
let turn = 0;
function read(): void {
  const [next, last] = [readers[turn % 2], readers[(turn + 1) % 2]];
  next?.exec("BEGIN; SELECT count(*) FROM totals");
  if (turn++ > 0) last?.exec("COMMIT");
}
read();
process.stdout.write("reading\n");
setInterval(read, 20);
