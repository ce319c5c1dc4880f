import { promisify } from "node:util";
import * as zlib from "node:zlib";

const gzipAsync = promisify(zlib.gzip);

/**
 * Compresses the lines of one batch into a gzip member of its own. A gzip file is a sequence of members (RFC 1952 section
 * 2.2), so that every batch can be synced, and what is behind the last whole one can be cut off after a crash.
 */
export function compress(lines: string): Promise<Buffer> {
  return gzipAsync(lines);
}

const magic = Buffer.from([0x1f, 0x8b, 0x08]);

/** Returns the length of the whole members at the beginning of a file. */
export function wholeMembers(bytes: Buffer): number {
  let end = 0;
  // A member may contain the bytes that members begin with: it is whole where it can be decompressed.
  for (let next = 0; end < bytes.length;) {
    next = bytes.indexOf(magic, Math.max(next, end) + 1);
    const until = next === -1 ? bytes.length : next;
    if (isWhole(bytes.subarray(end, until))) {
      end = until;
      next = until;
    }
    if (next === -1) break;
  }
  return end;
}

function isWhole(bytes: Buffer): boolean {
  try {
    zlib.gunzipSync(bytes);
    return true;
  } catch {
    return false;
  }
}
