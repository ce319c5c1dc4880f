import { promisify } from "node:util";
import * as zlib from "node:zlib";

const gzipAsync = promisify(zlib.gzip);

/**
 * Compresses the lines of one batch into a separate gzip member. A gzip file is a sequence of members (RFC 1952 section
 * 2.2), so every batch can be synced, and after a crash the file can be cut behind the last complete member.
 */
export function compress(lines: string): Promise<Buffer> {
  return gzipAsync(lines);
}

/** Beginning of a member that zlib writes: the magic bytes, deflate, no flags. */
const head = Buffer.from([0x1f, 0x8b, 0x08, 0x00]);
const headBytes = 10;
/** Length of the CRC-32 and the length of the data, which end a member. */
const tailBytes = 8;

/** Returns the total length of the complete members at the beginning of a file of members from `compress`. */
export function wholeMembers(bytes: Buffer): number {
  let end = 0;
  for (let length = -1; length !== 0; end += length) length = memberLength(bytes.subarray(end));
  return end;
}

/** Returns the length of the first member; 0 if it is not complete. */
function memberLength(bytes: Buffer): number {
  if (!bytes.subarray(0, head.length).equals(head)) return 0;
  try {
    // With `info`, zlib also returns its engine, which knows where the data ended.
    const inflated = zlib.inflateRawSync(bytes.subarray(headBytes), { info: true }) as unknown as Inflated;
    const length = headBytes + inflated.engine.bytesWritten + tailBytes;
    const tail = bytes.subarray(length - tailBytes, length);
    const { buffer } = inflated;
    const isWhole =
      tail.length === tailBytes &&
      tail.readUInt32LE(0) === zlib.crc32(buffer) &&
      tail.readUInt32LE(4) === buffer.length;
    return isWhole ? length : 0;
  } catch {
    return 0;
  }
}

interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}
