import { DatabaseSync } from "node:sqlite";

// Runs as a process: takes the write lock of a database, reports it, and holds it until it is killed.
const db = new DatabaseSync(process.argv[2] ?? "");
db.exec("PRAGMA busy_timeout = 60000; BEGIN IMMEDIATE");
process.stdout.write("locked\n");
setInterval(() => db.isOpen, 60_000);
