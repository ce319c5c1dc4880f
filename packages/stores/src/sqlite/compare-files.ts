import type { BigIntStats } from "node:fs";
import { StoreError } from "@sessionhook/core";
import { type FileChange, fileChanges } from "./file-change.js";
import { isSameFile, statOf } from "./file-stat.js";

/** The paths of the files of one database. */
export interface DatabasePaths {
  /** The configured path: it may lead through symbolic links. */
  readonly database: string;
  /** Beside the database itself, where SQLite creates it. */
  readonly log: string;
  readonly index: string;
}

/** The stat of each file of a database. */
export interface FileStats {
  readonly database: BigIntStats;
  readonly log: BigIntStats;
  readonly index: BigIntStats;
}

export const changedWhileOpening = "The files of the database changed while it was being opened";

/** @throws StoreError `store_unavailable` if a file is missing */
export function statFiles({ database, log, index }: DatabasePaths): FileStats {
  return { database: existing(database), log: existing(log), index: existing(index) };
}

/**
 * Compares the files at the paths with the stats of the open ones.
 * @param minSizes bytes that the database and the log must still have
 * @param nowIndex the stat at the path of the index, if it is known
 * @returns the new stats, or the first change found
 */
export function compareFiles(
  paths: DatabasePaths,
  { database, log, index }: FileStats,
  minSizes: { readonly database: bigint; readonly log: bigint },
  nowIndex = statOf(paths.index),
): FileStats | FileChange {
  const now = { database: statOf(paths.database), log: statOf(paths.log) };
  if (now.database === undefined) return fileChanges.removed;
  if (!isSameFile(now.database, database)) return fileChanges.replaced;
  if (now.database.size === 0n) return fileChanges.emptied;
  if (now.database.size < minSizes.database) return fileChanges.cut;
  if (now.log === undefined) return fileChanges.logRemoved;
  if (!isSameFile(now.log, log))
    return now.log.size === 0n ? fileChanges.logRemoved : fileChanges.logReplaced;
  if (now.log.size < minSizes.log) return fileChanges.logCut;
  if (nowIndex === undefined) return fileChanges.indexRemoved;
  if (!isSameFile(nowIndex, index) || nowIndex.size < index.size) return fileChanges.indexHarmed;
  return { database: now.database, log: now.log, index: nowIndex };
}

function existing(path: string): BigIntStats {
  const stat = statOf(path);
  if (stat === undefined) throw new StoreError("store_unavailable", changedWhileOpening);
  return stat;
}
