import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";

/** The paths a change works on. */
export interface Files {
  readonly folder: string;
  readonly db: string;
  readonly wal: string;
  readonly shm: string;
  /** A backup of the database, in another folder. */
  readonly backup: string;
  /** A copy of the backup. */
  readonly spare: string;
  /** A free place in another folder. */
  readonly away: string;
}

export interface FileChange {
  readonly name: string;
  readonly change: (files: Files) => void;
  /** Puts a valid database at the path, where `change` does not; a moment later. */
  readonly restore?: (files: Files) => void;
  /** The database that still has what was acknowledged before; none where that is deleted with it. */
  readonly keptIn?: (files: Files) => string;
  /** Set when the process may end because of it: the index of the log is mapped into its memory. */
  readonly mayEnd?: true;
  /**
   * Set when it may damage the database, whatever the app does: if SQLite copies its log at that moment, it mixes two databases,
   * or copies a hole. docs/backup.md warns of it. The app must notice, and a backup moved over the file must help.
   */
  readonly mayDamage?: true;
}

const putBackup = ({ db, backup }: Files) => renameSync(backup, db);
const putFolder = (files: Files) => {
  mkdirSync(files.folder);
  putBackup(files);
};
const inDatabase = ({ db }: Files) => db;

/** Everything a person or a script may do to the files of a running app. */
export const fileChanges: readonly FileChange[] = [
  { name: "database removed", change: ({ db }) => rmSync(db), restore: putBackup },
  {
    name: "all files removed",
    change: ({ db, wal, shm }) => [db, wal, shm].forEach((file) => rmSync(file)),
    restore: putBackup,
  },
  {
    name: "folder removed",
    change: ({ folder }) => {
      // SQLite may be making a file in it meanwhile.
      while (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
    },
    restore: putFolder,
  },
  {
    name: "folder moved away and back",
    change: ({ folder, away }) => renameSync(folder, away),
    restore: ({ folder, away }) => renameSync(away, folder),
    keptIn: inDatabase,
  },
  {
    name: "folder moved away, another put there",
    change: (files) => {
      renameSync(files.folder, files.away);
      putFolder(files);
    },
    keptIn: ({ away, db }) => join(away, db.split("/").at(-1) ?? ""),
  },
  {
    name: "database moved away and back",
    change: ({ db, away }) => renameSync(db, away),
    restore: ({ db, away }) => renameSync(away, db),
    keptIn: inDatabase,
  },
  {
    name: "database moved away, another put there",
    change: (files) => {
      renameSync(files.db, files.away);
      putBackup(files);
    },
    keptIn: ({ away }) => away,
  },
  { name: "backup moved over it", change: putBackup },
  { name: "backup copied over it", change: ({ db, backup }) => copyFileSync(backup, db), mayDamage: true },
  {
    name: "database emptied, backup copied over it",
    change: ({ db }) => truncateSync(db),
    restore: ({ db, backup }) => copyFileSync(backup, db),
    mayDamage: true,
  },
  {
    name: "database cut short",
    change: ({ db }) => truncateSync(db, Math.floor(statSync(db).size / 2)),
    restore: putBackup,
  },
  { name: "log removed", change: ({ wal }) => rmSync(wal), keptIn: inDatabase },
  { name: "index removed", change: ({ shm }) => rmSync(shm), keptIn: inDatabase },
  {
    name: "log and index removed",
    change: ({ wal, shm }) => [wal, shm].forEach((file) => rmSync(file)),
    keptIn: inDatabase,
  },
  { name: "log emptied", change: ({ wal }) => truncateSync(wal), mayDamage: true },
  {
    name: "log cut short",
    change: ({ wal }) => truncateSync(wal, Math.floor(statSync(wal).size * 0.6)),
    mayDamage: true,
  },
  { name: "index emptied", change: ({ shm }) => truncateSync(shm), keptIn: inDatabase, mayEnd: true },
];
