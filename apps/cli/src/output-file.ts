import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { requireFolder, storeFailure } from "./database-file.js";
import type { Shell } from "./shell.js";

/** Help of the option `--output` of every export. */
export const outputHelp = "a new file that only its owner can read, instead of standard output";

/** Text for an export that deleted its file. */
export const deletedFile = "the file was not complete and is deleted";

/** A new file that an export writes, readable by its owner alone. */
export interface OutputFile {
  readonly path: string;
  /** Writes a part, and waits until the file accepts more. */
  readonly write: (part: string | Uint8Array) => Promise<void>;
  /** Returns when every part is written. */
  readonly close: () => Promise<void>;
  /** Deletes the file. */
  readonly discard: () => Promise<void>;
}

/**
 * Creates a file.
 * @throws CliError if it exists or its folder does not
 */
export async function createOutputFile(shell: Shell, name: string): Promise<OutputFile> {
  const path = resolve(shell.cwd, name);
  requireFolder(path);
  const file = createWriteStream(path, { flags: "wx", mode: 0o600 });
  let failed: Error | undefined;
  file.on("error", (error) => (failed = error));
  const check = () => {
    if (failed !== undefined) throw storeFailure(failed);
  };
  await once(file, "open").catch((error: unknown) => {
    throw storeFailure(error);
  });
  return {
    path,
    write: async (part) => {
      check();
      if (!file.write(part)) await once(file, "drain").catch(check);
      check();
    },
    close: async () => {
      file.end();
      if (!file.closed) await once(file, "close").catch(check);
      check();
    },
    discard: async () => {
      file.destroy();
      await rm(path, { force: true });
    },
  };
}
