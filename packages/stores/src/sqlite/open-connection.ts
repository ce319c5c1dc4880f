import { realpathSync, renameSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { StoreError } from "@sessionhook/core";
import { attempt } from "./attempt.js";
import { Connection } from "./connection.js";
import { openDatabase, type OpenHow } from "./database.js";
import { openFailure } from "./errors.js";
import { removeOthersAccess } from "./file-mode.js";
import { identityOf, statOf } from "./file-stat.js";
import type { WriteTurns } from "./write-turns.js";

export interface ConnectionOptions {
  readonly path: string;
  readonly busyTimeoutMs: number;
  readonly autoCheckpoint: boolean;
  readonly turns?: WriteTurns | undefined;
  readonly alreadyChecked?: boolean | undefined;
  readonly upgrade?: boolean | undefined;
  /** Called with a warning for the operator; the database can be used nevertheless. */
  readonly onWarning?: ((text: string) => void) | undefined;
}

/**
 * Opens the database, creating it if it is missing.
 * @param reopening create nothing, and check all of it, however large it is
 * @throws StoreError
 */
export function openConnection(options: ConnectionOptions, reopening = false): Connection {
  const { path, busyTimeoutMs, autoCheckpoint, turns, onWarning, upgrade = true } = options;
  const alreadyChecked = options.alreadyChecked === true && !reopening;
  const how: OpenHow = {
    mustExist: reopening || alreadyChecked || !upgrade,
    check: !alreadyChecked,
    checkAll: reopening,
    olderSchema: upgrade ? "upgrade" : "refuse",
  };
  const open = () => openDatabase(path, busyTimeoutMs, autoCheckpoint, how);
  try {
    // The file must exist before the connection is opened, because the two are compared.
    if (path === "" || (how.mustExist !== true && statOf(resolve(path)) === undefined)) open().close();
    const connection = Connection.open(resolve(path), open, turns);
    removeOthersAccess(connection.guard.paths, onWarning);
    return connection;
  } catch (error) {
    throw openFailure(error, resolve(path));
  }
}

/**
 * Opens the database at a path where another one was before, and checks all of it. Creates nothing. A log of the other
 * database that does not belong to this one gets another name.
 * @returns undefined while there is no database at the path, or an empty one
 * @throws StoreError
 */
export function reopenConnection(options: ConnectionOptions): Connection | undefined {
  const there = statOf(resolve(options.path));
  if (there === undefined || there.size === 0n) return undefined;
  let connection: Connection;
  try {
    connection = openConnection(options, true);
  } catch (error) {
    const alone = StoreError.isInstance(error) && error.code === "store_foreign" && withoutLog(options);
    if (alone instanceof Connection) return alone;
    throw error;
  }
  if (countsAgree(connection)) return connection;
  // All pages of a log can be intact although it belongs to another database.
  connection.abandon();
  return withoutLog(options, countsAgree) ?? openConnection(options, true);
}

/** Identifies the database at a path and its log, so that a replacement or a change of either is detected. */
export function filesAt(path: string): string {
  const parts = [resolve(path), `${realpathSync(path)}-wal`].map((file) => {
    const there = statOf(file);
    return there === undefined ? "" : `${identityOf(there)} ${there.size} ${there.mtimeNs}`;
  });
  return parts.join();
}

/** Opens the database without the log beside it; undefined if there is no log or if the database is invalid without it too. */
function withoutLog(
  options: ConnectionOptions,
  isBetter: (connection: Connection) => boolean = () => true,
): Connection | undefined {
  const real = realpathSync(options.path);
  const there = statOf(`${real}-wal`);
  if (there === undefined || there.size === 0n) return undefined;
  const aside = `${real}-wal.stale-${there.mtimeMs}`;
  renameSync(`${real}-wal`, aside);
  rmSync(`${real}-shm`, { force: true });
  const connection = attempt(() => openConnection(options, true));
  if (connection !== undefined && isBetter(connection)) {
    options.onWarning?.(`The log beside the database belonged to another one; it is now ${aside}`);
    return connection;
  }
  connection?.abandon();
  if ((statOf(`${real}-wal`)?.size ?? 0n) === 0n) renameSync(aside, `${real}-wal`);
  return undefined;
}

/** True if the number of events equals the count that was stored with them. */
function countsAgree({ db }: Connection): boolean {
  const sql = `SELECT (SELECT count(*) FROM events) =
    (SELECT accepted + quarantined + unrecognized + conflicts FROM totals) AS agree`;
  return attempt(() => db.prepare(sql).get()?.["agree"]) === 1;
}
