import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { attempt } from "./attempt.js";
import { lockFile } from "./process-lock.js";

/** The file in a folder that is locked while its process works in it. */
const lockName = "sessionhook-at-work";
const maxTries = 5;

/** Runs `work` with the path of a file to create, in a new private folder beside `path`, and then removes the folder. */
export function beside<T>(path: string, work: (temporary: string) => T): T {
  const folder = new FolderBeside(path);
  try {
    return work(folder.file);
  } finally {
    folder.remove();
  }
}

/** Does what `beside` does for work that is asynchronous. */
export async function besideAsync<T>(path: string, work: (temporary: string) => Promise<T>): Promise<T> {
  const folder = new FolderBeside(path);
  try {
    return await work(folder.file);
  } finally {
    folder.remove();
  }
}

/**
 * A new private folder beside a file. The next one that is created in that place removes those of processes that were killed:
 * what they left may be as large as the database.
 */
class FolderBeside {
  readonly file: string;
  readonly #path: string;
  readonly #unlock: (() => void) | undefined;

  constructor(path: string) {
    removeAbandoned(dirname(path));
    const prefix = join(dirname(path), `.${basename(path).slice(0, 64)}-`);
    let folder = lockedFolder(prefix);
    // Another process that looks for abandoned folders may be examining the new one.
    for (let i = 1; i < maxTries && folder.unlock === undefined; i++) {
      rmSync(folder.path, { recursive: true, force: true });
      folder = lockedFolder(prefix);
    }
    // Without a lock, as on a file system that has none, others leave it alone.
    this.#path = folder.path;
    this.#unlock = folder.unlock;
    this.file = join(folder.path, "new.db");
  }

  remove(): void {
    removeFolder(this.#path, this.#unlock);
  }
}

function lockedFolder(prefix: string): { path: string; unlock: (() => void) | undefined } {
  const path = newFolder(prefix);
  const lock = join(path, lockName);
  const unlock = lockFile(lock);
  if (unlock === undefined || statSync(lock, { throwIfNoEntry: false }) !== undefined)
    return { path, unlock };
  unlock();
  return { path, unlock: undefined };
}

/** Creates it. The error names its parent: the name of the new folder is of no use to the user. */
function newFolder(prefix: string): string {
  try {
    return mkdtempSync(prefix);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const parent = dirname(prefix);
    const message = `${code ?? "Error"}: no folder can be created in ${parent}`;
    throw Object.assign(new Error(message, { cause: error }), { code, path: parent });
  }
}

function removeAbandoned(parent: string): void {
  for (const name of attempt(() => readdirSync(parent)) ?? []) {
    if (!name.startsWith(".")) continue;
    const lock = join(parent, name, lockName);
    if (attempt(() => statSync(lock, { throwIfNoEntry: false }))?.isFile() !== true) continue;
    const unlock = lockFile(lock);
    if (unlock !== undefined) attempt(() => removeFolder(join(parent, name), unlock));
  }
}

function removeFolder(path: string, unlock: (() => void) | undefined): void {
  // The lock last: without it, the rest would stay after a kill.
  for (const name of attempt(() => readdirSync(path)) ?? [])
    if (name !== lockName) rmSync(join(path, name), { recursive: true, force: true });
  const remove = () => rmSync(path, { recursive: true, force: true });
  // Before it is unlocked, so that no other process locks it. Windows deletes no open file.
  if (unlock !== undefined) attempt(remove);
  if (unlock !== undefined) attempt(unlock);
  remove();
}
