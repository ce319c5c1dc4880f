import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { usageError } from "./cli-error.js";
import type { Shell } from "./shell.js";

/** Returns the exact bytes of a file, or of standard input for `-`. */
export async function readInput(shell: Shell, path: string): Promise<Uint8Array> {
  if (path === "-") {
    const chunks: Uint8Array[] = [];
    for await (const chunk of shell.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
    return Buffer.concat(chunks);
  }
  try {
    return await readFile(resolve(shell.cwd, path));
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code;
    const why =
      reason === "ENOENT" ? "there is no such file" : reason === "EISDIR" ? "it is a folder" : reason;
    throw usageError(`${path} cannot be read: ${why}`, { cause });
  }
}
