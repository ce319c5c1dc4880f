/** The difference between the files at the path of a database and those that a connection has open. */
export interface FileChange {
  /** Shown to senders and in the log. */
  readonly reason: string;
  /** True while the open log belongs to the open database, so that it can be copied there. */
  readonly copyLog: boolean;
  /** True when the database is no longer at its path: its log must not remain there for another database. */
  readonly moved: boolean;
}

const moved = (reason: string): FileChange => ({ reason, copyLog: true, moved: true });
const unlinked = (reason: string): FileChange => ({ reason, copyLog: true, moved: false });
const harmed = (reason: string): FileChange => ({ reason, copyLog: false, moved: false });

export const fileChanges = {
  removed: moved(
    "The database was removed or moved away; put it or a backup back, or restart to begin a new one",
  ),
  replaced: moved("Another file was put in the place of the database"),
  emptied: harmed("The database was emptied; put a backup in its place"),
  cut: harmed("The database was cut short"),
  overwritten: harmed("The database was overwritten by something other than SQLite"),
  damaged: harmed("SQLite finds the database damaged"),
  unreadable: harmed("Reading the database or its log fails"),
  logRemoved: unlinked("The log of the database (-wal) was removed"),
  logReplaced: harmed("Another file was put in the place of the log of the database (-wal)"),
  logCut: harmed("The log of the database (-wal) was cut short"),
  indexRemoved: unlinked("The index of the log (-shm) was removed"),
  indexHarmed: harmed("The index of the log (-shm) was replaced or cut short"),
} as const;
