import { realpathSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { beside } from "./beside.js";

/** Ending of the name of the file beside a database whose modification time is that of its last backup. */
export const lastBackupSuffix = "-last-backup";

/**
 * Records that a database was backed up, in an empty file beside it. The database is not written: apps of other versions
 * may have it open. A record of a later backup stays, unless it is in the future.
 * @param path of the database, which exists
 * @param at Unix milliseconds at which the backup began: it contains what was acknowledged until then
 * @param now Unix milliseconds
 * @throws the error of the file system, such as EACCES
 */
export function recordBackup(path: string, at: number, now: number): void {
  const record = recordOf(path);
  const known = timeOf(record);
  if (known !== null && known > at && known <= now) return;
  beside(record, (temporary) => {
    writeFileSync(temporary, "", { mode: 0o600 });
    utimesSync(temporary, at / 1000, at / 1000);
    renameSync(temporary, record);
  });
}

/**
 * Returns the time of the last recorded backup of a database, in Unix milliseconds; null if there is none.
 * @param path of the database, which exists
 * @throws the error of the file system
 */
export function lastBackupAt(path: string): number | null {
  return timeOf(recordOf(path));
}

/** Removes what an earlier database at the path left: a new one has no backup. */
export function forgetBackup(path: string): void {
  rmSync(path + lastBackupSuffix, { force: true });
}

/** As the log, the record is beside the file to which a symbolic link leads. */
function recordOf(path: string): string {
  return realpathSync(path) + lastBackupSuffix;
}

function timeOf(record: string): number | null {
  const found = statSync(record, { throwIfNoEntry: false });
  return found === undefined ? null : Math.round(found.mtimeMs);
}
