import { readFileSync, statSync } from "node:fs";
import process from "node:process";

/** True if the system lists the locks of processes: /proc/locks of Linux. */
export const listsLocks = process.platform === "linux";

/**
 * Counts the POSIX locks that a process holds on a file, as the system lists them: SQLite itself does not notice that they
 * are gone. A connection to a database with a write-ahead log holds one on the database and one on its -shm, all the time.
 */
export function countLocks(pid: number, file: string): number {
  const inode = String(statSync(file).ino);
  // "1: POSIX  ADVISORY  READ 4711 fe:00:1234 1073741826 1073742335": kind, mode, access, process, device:inode, range.
  const locks = readFileSync("/proc/locks", "utf8").split("\n");
  return locks.filter((line) => {
    const [, kind, , , holder, place] = line.trim().split(/\s+/);
    return kind === "POSIX" && Number(holder) === pid && place?.split(":")[2] === inode;
  }).length;
}
