import { randomUUID } from "node:crypto";
import { lstatSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** A file to write. */
interface PrivateFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Returns the first of the files that exists. */
export function existing(files: readonly PrivateFile[]): string | undefined {
  return files.find(({ path }) => lstatSync(path, { throwIfNoEntry: false }) !== undefined)?.path;
}

/** Writes files that only their owner can read, and replaces existing ones. Each gets its name only when all are written. */
export async function writePrivateFiles(files: readonly PrivateFile[]): Promise<void> {
  const written: { readonly from: string; readonly to: string }[] = [];
  try {
    for (const { path, content } of files) {
      const from = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
      written.push({ from, to: path });
      // An existing file would have its own mode.
      await writeFile(from, content, { flag: "wx", mode: 0o600 });
    }
    for (const { from, to } of written) await rename(from, to);
  } catch (error) {
    for (const { from } of written) await rm(from, { force: true });
    throw error;
  }
}
