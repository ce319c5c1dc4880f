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

/** Of zlib: the magic bytes, deflate, no flags. */
const head = Buffer.from([0x1f, 0x8b, 0x08, 0x00]);
const headBytes = 10;
/** CRC-32 and length of the data. */
const tailBytes = 8;

/** Returns the length of the whole members at the beginning of a file that `compress` has made. */
export function wholeMembers(bytes: Buffer): number {
  let end = 0;
  for (let length = -1; length !== 0; end += length) length = memberLength(bytes.subarray(end));
  return end;
}

/** Returns the length of the member at the beginning; 0 if there is no whole one. */
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
