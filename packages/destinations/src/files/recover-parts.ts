import { open, readdir, readFile, rename, stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { type PartName, readPartName } from "./file-name.js";
import { wholeMembers } from "./gzip-members.js";
import { canLock, lockFile } from "./lock-file.js";
import { syncFolder } from "./make-folder.js";
import { isOpenPart } from "./part-file.js";

/** Before this time, this thread had no part. */
const loadedAt = Date.now();

export interface RecoverOptions {
  /** Name of the destination. */
  readonly destination: string;
  /** Maximum time in milliseconds after which a running process finishes its part. */
  readonly maxAgeMs: number;
  readonly now: number;
  /** Names of parts that this process could not complete. */
  readonly left: Set<string>;
}

/** Completes the parts of processes that have ended: complete batches remain, and an incomplete one is cut off. */
export async function recoverParts(folder: string, options: RecoverOptions): Promise<void> {
  let recovered = false;
  for (const name of await readdir(folder)) {
    const part = readPartName(name, options.destination);
    if (part === undefined) continue;
    try {
      const path = join(folder, name);
      if (isOpenPart(path)) continue;
      const claim = options.left.has(name) ? freely : await claimAbandoned(path, part, options);
      if (claim === undefined) continue;
      try {
        await complete(path, join(folder, part.complete));
      } finally {
        claim();
      }
      options.left.delete(name);
      recovered = true;
    } catch (error) {
      // Another process recovered it first.
      if ((error as { readonly code?: unknown }).code !== "ENOENT") throw error;
    }
  }
  if (recovered) await syncFolder(folder);
}

const freely = () => undefined;

/** Returns a function to be called when the part is complete; undefined if its process may live. */
async function claimAbandoned(path: string, part: PartName, options: RecoverOptions) {
  if (part.locked && canLock) return lockFile(path);
  return (await isAbandoned(path, part, options)) ? freely : undefined;
}

async function isAbandoned(
  path: string,
  part: PartName,
  { maxAgeMs, now }: RecoverOptions,
): Promise<boolean> {
  const { mtimeMs } = await stat(path);
  if (mtimeMs < now - 2 * maxAgeMs - 60_000) return true;
  if (!part.here) return false;
  // Of an earlier process, which has the same id in a container, or of a thread of this process that has ended.
  if (part.pid === process.pid) return mtimeMs < loadedAt;
  return !isAlive(part.pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { readonly code?: unknown }).code !== "ESRCH";
  }
}

async function complete(path: string, target: string): Promise<void> {
  const bytes = await readFile(path);
  const whole = wholeMembers(bytes);
  if (whole === 0) return unlink(path);
  if (whole < bytes.length) {
    const handle = await open(path, "r+");
    try {
      await handle.truncate(whole);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
  await rename(path, target);
}
