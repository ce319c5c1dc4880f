import { closeSync, openSync, readSync } from "node:fs";

/**
 * Reads a file as UTF-8, but at most one byte more than `maxBytes`: a device such as /dev/zero has no end.
 * @throws the error of the file system
 */
export function readTextUpTo(path: string, maxBytes: number): string {
  const bytes = Buffer.alloc(maxBytes + 1);
  const file = openSync(path, "r");
  try {
    let length = 0;
    for (;;) {
      const count = readSync(file, bytes, length, bytes.length - length, null);
      length += count;
      if (count === 0 || length === bytes.length) return bytes.toString("utf8", 0, length);
    }
  } finally {
    closeSync(file);
  }
}
