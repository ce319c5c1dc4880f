import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";

/** The paths that a change uses. */
export interface Files {
  readonly folder: string;
  readonly db: string;
  readonly wal: string;
  readonly shm: string;
  /** A backup of the database, in another folder. */
  readonly backup: string;
  /** A copy of the backup. */
  readonly spare: string;
  /** A free path in another folder. */
  readonly away: string;
}

export interface FileChange {
  readonly name: string;
  readonly change: (files: Files) => void;
  /** Runs a moment later and puts a valid database at the path if `change` does not. */
  readonly restore?: (files: Files) => void;
  /** Returns the database that still has the events acknowledged before; absent if the change deletes them. */
  readonly preservedIn?: (files: Files) => string;
  /** The process may end, because the index of the log is mapped into its memory. */
  readonly mayEnd?: true;
  /**
   * The change may damage the database, whatever the app does: a checkpoint at that time mixes two databases or copies a
   * hole, as docs/backup.md warns. The app must detect it, and moving a backup over the file must repair it.
   */
  readonly mayDamage?: true;
  /**
   * The app may miss the change until `restore`, because a checkpoint at that time makes the database as long as before. What
   * it acknowledges until then is deleted with that database.
   */
  readonly mayBeHidden?: true;
}

const putBackup = ({ db, backup }: Files) => renameSync(backup, db);
const putFolder = (files: Files) => {
  mkdirSync(files.folder);
  putBackup(files);
};
const inDatabase = ({ db }: Files) => db;

/** The changes that a person or a script may make to the files of a running app. */
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
      // SQLite may be creating a file in it meanwhile.
      while (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
    },
    restore: putFolder,
  },
  {
    name: "folder moved away and back",
    change: ({ folder, away }) => renameSync(folder, away),
    restore: ({ folder, away }) => renameSync(away, folder),
    preservedIn: inDatabase,
  },
  {
    name: "folder moved away, another put in its place",
    change: (files) => {
      renameSync(files.folder, files.away);
      putFolder(files);
    },
    preservedIn: ({ away, db }) => join(away, db.split("/").at(-1) ?? ""),
  },
  {
    name: "database moved away and back",
    change: ({ db, away }) => renameSync(db, away),
    restore: ({ db, away }) => renameSync(away, db),
    preservedIn: inDatabase,
  },
  {
    name: "database moved away, another put in its place",
    change: (files) => {
      renameSync(files.db, files.away);
      putBackup(files);
    },
    preservedIn: ({ away }) => away,
  },
  { name: "backup moved over it", change: putBackup },
  { name: "backup copied over it", change: ({ db, backup }) => copyFileSync(backup, db), mayDamage: true },
  {
    name: "database emptied, backup copied over it",
    change: ({ db }) => truncateSync(db),
    restore: ({ db, backup }) => copyFileSync(backup, db),
    mayDamage: true,
    mayBeHidden: true,
  },
  {
    name: "database cut short",
    change: ({ db }) => truncateSync(db, Math.floor(statSync(db).size / 2)),
    restore: putBackup,
    mayBeHidden: true,
  },
  { name: "log removed", change: ({ wal }) => rmSync(wal), preservedIn: inDatabase },
  { name: "index removed", change: ({ shm }) => rmSync(shm), preservedIn: inDatabase },
  {
    name: "log and index removed",
    change: ({ wal, shm }) => [wal, shm].forEach((file) => rmSync(file)),
    preservedIn: inDatabase,
  },
  { name: "log emptied", change: ({ wal }) => truncateSync(wal), mayDamage: true },
  {
    name: "log cut short",
    change: ({ wal }) => truncateSync(wal, Math.floor(statSync(wal).size * 0.6)),
    mayDamage: true,
  },
  { name: "index emptied", change: ({ shm }) => truncateSync(shm), preservedIn: inDatabase, mayEnd: true },
];
