import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";

/**
 * Opens a database for writing and never creates one: it can be moved away after its path was checked. SQLite creates an empty
 * file then, and deletes the log at the path as one of no database.
 * @param path absolute
 */
export function openExisting(path: string): DatabaseSync {
  const url = pathToFileURL(path);
  url.searchParams.set("mode", "rw");
  try {
    return new DatabaseSync(url);
  } catch (error) {
    // Node before 22.15 takes paths only.
    if ((error as { code?: unknown }).code !== "ERR_INVALID_ARG_TYPE") throw error;
    return new DatabaseSync(path);
  }
}
