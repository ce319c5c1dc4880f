import type { DatabaseSync } from "node:sqlite";
import { StoreError } from "@sessionhook/core";
import { applicationId, latestVersion } from "./schema.js";

/**
 * Returns the schema version, 0 for an empty database.
 * @throws StoreError `store_foreign` for a database of another application, `store_too_new` for one of a newer version
 */
export function versionOf(db: DatabaseSync): number {
  const version = pragma(db, "user_version");
  const id = pragma(db, "application_id");
  const empty = db.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined;
  if (id === 0 && version === 0 && empty) return 0;
  // The first migration sets both: a file with our id and no version was made by another program.
  if (id !== applicationId || version < 1)
    throw new StoreError("store_foreign", "The database belongs to another application");
  if (version > latestVersion)
    throw new StoreError(
      "store_too_new",
      `The database has schema version ${version}; this version of Sessionhook knows ${latestVersion}`,
    );
  return version;
}

function pragma(db: DatabaseSync, name: string): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name]);
}
