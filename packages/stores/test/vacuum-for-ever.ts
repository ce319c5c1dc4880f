import { DatabaseSync } from "node:sqlite";

// Makes a database longer and shorter until it is killed, and prints the number of times.
const [, , path = ""] = process.argv;
const db = new DatabaseSync(path, { timeout: 20_000 });
for (let i = 1; ; i++) {
  db.exec("CREATE TABLE filling AS SELECT randomblob(8000000) AS bytes; PRAGMA wal_checkpoint(PASSIVE)");
  db.exec("DROP TABLE filling; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
  process.stdout.write(`${i}\n`);
}
