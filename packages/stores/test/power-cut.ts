import { readFileSync, writeFileSync } from "node:fs";

const headerBytes = 32;
const frameHeaderBytes = 24;

/** Contents of a database and its write-ahead log at one moment. */
export interface DiskImage {
  readonly database: Buffer;
  readonly log: Buffer;
}

/** Reads both files. Only where no other process uses them: closing a file drops the locks that this process has on it. */
export function imageOf(path: string): DiskImage {
  return { database: readFileSync(path), log: readFileSync(`${path}-wal`) };
}

/**
 * Returns the lengths of the log at which a transaction ends, its empty beginning included: a power failure leaves one of
 * them, or a torn transaction behind it, which SQLite ignores.
 */
export function commitsOf(log: Buffer): number[] {
  if (log.length < headerBytes) return [0];
  const frameBytes = frameHeaderBytes + log.readUInt32BE(8);
  const salts = log.subarray(16, 24);
  const ends = [headerBytes];
  for (let at = headerBytes; at + frameBytes <= log.length; at += frameBytes) {
    // The frames of an earlier round of the log have other salts.
    if (!log.subarray(at + 8, at + 16).equals(salts)) break;
    if (log.readUInt32BE(at + 4) > 0) ends.push(at + frameBytes);
  }
  return ends;
}

/** Identifies the round of a log: it begins again after a checkpoint. */
export function roundOf(log: Buffer): string {
  return log.subarray(16, 24).toString("hex");
}

/** Writes what a power failure leaves at another path: the log up to a length, and zeros or a piece of what followed. */
export function leave(path: string, { database, log }: DiskImage, length: number): void {
  writeFileSync(path, database);
  const torn = log.subarray(length, length + 1000);
  const tail = length % 3 === 0 ? torn : length % 3 === 1 ? Buffer.alloc(torn.length) : Buffer.of();
  writeFileSync(`${path}-wal`, Buffer.concat([log.subarray(0, length), tail]));
}
