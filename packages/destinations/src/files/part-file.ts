import { type FileHandle, open, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { partName } from "./file-name.js";
import { canLock, lockFile } from "./lock-file.js";
import { makeFolder, syncFolder } from "./make-folder.js";

const openParts = new Set<string>();

/** Returns whether this process is writing the part at a path. */
export function isOpenPart(path: string): boolean {
  return openParts.has(path);
}

/** A file that is being written. Once `append` resolves, its bytes are on the disk. */
export class PartFile {
  /** Name of the file in its folder. */
  readonly name: string;
  readonly #handle: FileHandle;
  readonly #path: string;
  readonly #complete: string;
  #unlock: (() => void) | undefined;
  /** Number of bytes that are synced. */
  size = 0;

  private constructor(handle: FileHandle, path: string, complete: string) {
    this.name = basename(path);
    this.#handle = handle;
    this.#path = path;
    this.#complete = complete;
  }

  /** Creates the folder and an empty part in it; rejects if the name exists. */
  static async create(folder: string, complete: string): Promise<PartFile> {
    await makeFolder(folder);
    const path = join(folder, partName(complete));
    const handle = await open(path, "wx", 0o600);
    openParts.add(path);
    const part = new PartFile(handle, path, join(folder, complete));
    try {
      await part.#lock();
      await syncFolder(folder);
    } catch (error) {
      await part.abandon();
      throw error;
    }
    return part;
  }

  /** Appends bytes and syncs them. If that fails, `finish` removes any part of them. */
  async append(bytes: Uint8Array): Promise<void> {
    let written = 0;
    while (written < bytes.length) {
      const result = await this.#handle.write(bytes, written, bytes.length - written, this.size + written);
      written += result.bytesWritten;
    }
    await this.#handle.sync();
    this.size += bytes.length;
  }

  /** Cuts the file to its synced bytes and renames it to its complete name; deletes an empty one. */
  async finish(): Promise<void> {
    try {
      const { size } = await this.#handle.stat();
      if (size > this.size) {
        await this.#handle.truncate(this.size);
        await this.#handle.sync();
      }
    } finally {
      await this.#close();
    }
    if (this.size === 0) await unlink(this.#path);
    else await rename(this.#path, this.#complete);
    await syncFolder(dirname(this.#path));
  }

  /** Returns true if the file was moved or deleted by another program: further bytes would be lost. */
  async isGone(): Promise<boolean> {
    const [ours, there] = await Promise.all([this.#handle.stat(), stat(this.#path).catch(() => undefined)]);
    return there === undefined || there.ino !== ours.ino;
  }

  async #lock(): Promise<void> {
    if (!canLock) return;
    this.#unlock = lockFile(this.#path);
    // Another process can find the part before it is locked, and delete it because it is empty.
    if (this.#unlock === undefined || (await this.isGone())) throw new Error("Another process has the part");
  }

  async #close(): Promise<void> {
    openParts.delete(this.#path);
    this.#unlock?.();
    await this.#handle.close();
  }

  /** Closes the file without renaming it; `recoverParts` completes it. */
  async abandon(): Promise<void> {
    await this.#close().catch(() => undefined);
  }
}
