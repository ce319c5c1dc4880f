import process from "node:process";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { StoreError } from "@sessionhook/core";
import { changedWhileOpening } from "./compare-files.js";
import { statOf } from "./file-stat.js";

/**
 * Opens a database for writing and never creates one: it can be moved away after its path was checked, and in a new database
 * SQLite deletes the log at the path.
 * @param path absolute
 * @throws StoreError `store_unavailable`, or the error of SQLite
 */
export function openExisting(path: string): DatabaseSync {
  if (!takesAddresses()) return openByPath(path);
  const url = pathToFileURL(path);
  url.searchParams.set("mode", "rw");
  return new DatabaseSync(url);
}

/** Node before 22.15 takes paths only, and Deno checks its permissions on paths only. */
function takesAddresses(): boolean {
  const { deno, bun, node } = process.versions;
  if (deno !== undefined) return false;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  return bun !== undefined || major > 22 || (major === 22 && minor >= 15);
}

function openByPath(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  if ((statOf(path)?.size ?? 0n) > 0n) return db;
  // SQLite has just created it. It deletes the log when it first reads.
  db.close();
  throw new StoreError("store_unavailable", changedWhileOpening);
}
