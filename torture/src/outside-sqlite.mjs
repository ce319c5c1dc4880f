// Another SQLite at work on a database: of Node, Bun or Deno, whichever runs this. Plain JavaScript for all three.
import process from "node:process";
import { backup, DatabaseSync } from "node:sqlite";

const [action, file, out] = process.argv.slice(2);
const db = new DatabaseSync(file);
db.exec("PRAGMA busy_timeout = 10000");
switch (action) {
  case "read":
    db.prepare("SELECT count(*) FROM events").get();
    break;
  case "check":
    if (db.prepare("PRAGMA integrity_check").get().integrity_check !== "ok") process.exitCode = 1;
    break;
  case "backup":
    await backup(db, out);
    break;
  case "vacuum":
    db.prepare("VACUUM INTO ?").run(out);
    break;
  default:
    process.exitCode = 2;
}
db.close();
