import { DatabaseSync } from "node:sqlite";
import { applicationId, migrations, migrationSql } from "../src/sqlite/schema.js";

/** Creates a database with an older schema and one event, `evt_old`. */
export function createOlderDatabase(path: string, version: number): void {
  const db = new DatabaseSync(path);
  for (const step of migrations.slice(0, version)) db.exec(migrationSql(step, db));
  db.exec(
    `PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version}; PRAGMA journal_mode = WAL`,
  );
  db.exec(`INSERT INTO events VALUES (1, 'evt_old', 1, NULL, 'quarantined', 1, 1, 1, 0, NULL);
    INSERT INTO received VALUES (1, 'v1,', x'78');
    UPDATE totals SET quarantined = 1`);
  db.close();
}
