import { DatabaseSync } from "node:sqlite";

// Holds the write lock of the database given until it is killed.
const db = new DatabaseSync(process.argv[2] ?? "");
db.exec("BEGIN IMMEDIATE");
process.stdout.write("locked\n");
setInterval(() => db.isOpen, 60_000);
