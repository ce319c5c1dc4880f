import { chmodSync, readdirSync, realpathSync, rmSync, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { attempt } from "./attempt.js";
import { lockFile } from "./process-lock.js";

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const maxTries = 5;
/** Locks of this process; referenced here, because a connection that is garbage is closed. */
const held = new Set<() => void>();

/** A process that has ended without `close`. */
export interface EndedOwner {
  readonly owner: string;
  /** Deletes its file; call it when nothing belongs to the process any more. */
  forget(): void;
}

/** Shows other processes on one database that this one runs: an empty file beside the database, locked while it does. */
export class Presence {
  /** Names this process; never used again. */
  readonly owner: string;
  readonly #base: string;
  #lock: (() => void) | undefined;

  /** @param path of the database, which exists. If its folder cannot be written, other processes do not see this one. */
  constructor(path: string) {
    this.#base = `${realpathSync(path)}-process-`;
    let owner = crypto.randomUUID();
    // Another process that starts may be examining the new file.
    for (let i = 0; i < maxTries && !this.#enter(owner); i++) owner = crypto.randomUUID();
    this.owner = owner;
  }

  /** Returns the processes that have certainly ended without `close`. */
  endedOwners(): EndedOwner[] {
    const prefix = basename(this.#base);
    const names = attempt(() => readdirSync(dirname(this.#base))) ?? [];
    return names.flatMap((name) => {
      const owner = name.startsWith(prefix) ? name.slice(prefix.length) : "";
      if (!uuid.test(owner) || owner === this.owner) return [];
      const path = this.#base + owner;
      const unlock =
        statSync(path, { throwIfNoEntry: false })?.isFile() === true ? lockFile(path) : undefined;
      return unlock === undefined ? [] : [{ owner, forget: () => forgetFile(path, unlock) }];
    });
  }

  close(): void {
    const unlock = this.#lock;
    this.#lock = undefined;
    if (unlock === undefined) return;
    forgetFile(this.#base + this.owner, unlock);
    held.delete(unlock);
  }

  #enter(owner: string): boolean {
    const path = this.#base + owner;
    const unlock = lockFile(path);
    if (unlock !== undefined && statSync(path, { throwIfNoEntry: false }) !== undefined) {
      attempt(() => chmodSync(path, 0o600));
      this.#lock = unlock;
      held.add(unlock);
      return true;
    }
    unlock?.();
    return false;
  }
}

function forgetFile(path: string, unlock: () => void): void {
  const remove = () => rmSync(path, { force: true });
  attempt(remove);
  attempt(unlock);
  // Windows deletes no open file.
  attempt(remove);
}
