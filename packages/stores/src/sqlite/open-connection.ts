import { realpathSync, renameSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { StoreError } from "@sessionhook/core";
import { Connection } from "./connection.js";
import { openDatabase } from "./database.js";
import { openFailure } from "./errors.js";
import { keepPrivate } from "./file-mode.js";
import { identityOf, statOf } from "./file-stat.js";

export interface ConnectionOptions {
  readonly path: string;
  readonly busyTimeoutMs: number;
  readonly autoCheckpoint: boolean;
  /** Called with what an operator should know although the database can be used. */
  readonly onWarning?: ((text: string) => void) | undefined;
}

/**
 * Opens the database, creating it if it is missing.
 * @param reopening create nothing, and check all of it, however large it is
 * @throws StoreError
 */
export function openConnection(options: ConnectionOptions, reopening = false): Connection {
  const { path, busyTimeoutMs, autoCheckpoint, onWarning } = options;
  const open = () => openDatabase(path, busyTimeoutMs, autoCheckpoint, reopening);
  try {
    // A file must be there before the connection is opened that is to be compared with it.
    if (path === "" || (!reopening && statOf(resolve(path)) === undefined)) open().close();
    const connection = Connection.open(resolve(path), open);
    keepPrivate(connection.guard.paths, onWarning);
    return connection;
  } catch (error) {
    throw openFailure(error);
  }
}

/**
 * Opens the database at a path where another one was before, and checks all of it. Creates nothing. A log that is left of the
 * other one and does not fit gets another name.
 * @returns undefined while there is no database at the path, or an empty one
 * @throws StoreError
 */
export function reopenConnection(options: ConnectionOptions): Connection | undefined {
  const there = statOf(resolve(options.path));
  if (there === undefined || there.size === 0n) return undefined;
  try {
    return openConnection(options, true);
  } catch (error) {
    if (!StoreError.isInstance(error) || error.code !== "store_foreign") throw error;
    const connection = withoutLog(options);
    if (connection === undefined) throw error;
    return connection;
  }
}

/** Identifies the database at a path and its log, so that another one or a change is noticed. */
export function fingerprintOf(path: string): string {
  const parts = [resolve(path), `${realpathSync(path)}-wal`].map((file) => {
    const there = statOf(file);
    return there === undefined ? "" : `${identityOf(there)} ${there.size} ${there.mtimeNs}`;
  });
  return parts.join();
}

/** Opens the database without the log beside it; undefined where there is none, or the database is no better without. */
function withoutLog(options: ConnectionOptions): Connection | undefined {
  const real = realpathSync(options.path);
  const there = statOf(`${real}-wal`);
  if (there === undefined || there.size === 0n) return undefined;
  const aside = `${real}-wal.stale-${there.mtimeMs}`;
  renameSync(`${real}-wal`, aside);
  rmSync(`${real}-shm`, { force: true });
  try {
    const connection = openConnection(options, true);
    options.onWarning?.(`The log beside the database belonged to another one; it is now ${aside}`);
    return connection;
  } catch {
    if ((statOf(`${real}-wal`)?.size ?? 0n) === 0n) renameSync(aside, `${real}-wal`);
    return undefined;
  }
}
