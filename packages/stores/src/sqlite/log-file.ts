import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { identityOf } from "./file-stat.js";

/** Bytes before the first page of the log and before each page (https://sqlite.org/fileformat.html#walformat). */
export const [logHeader, frameHeader] = [32, 24];

/**
 * The log file (-wal), open for reading beside SQLite's own descriptor. SQLite has no locks on this file, so closing it drops
 * none.
 */
export class LogFile {
  readonly identity: string;
  readonly #descriptor: number;
  readonly #frame: number;
  readonly #number = Buffer.alloc(4);
  readonly #start = Buffer.alloc(logHeader);

  /** @throws Error if there is no log */
  constructor(path: string, pageSize: number) {
    this.#descriptor = openSync(path, "r");
    this.#frame = frameHeader + pageSize;
    this.identity = identityOf(fstatSync(this.#descriptor, { bigint: true }));
  }

  /** Identifies the log since its last restart: the salts in its header, which each restart changes. Empty for an empty log. */
  run(): string {
    const read = readSync(this.#descriptor, this.#start, 0, logHeader, 0);
    return this.#start.toString("hex", 16, Math.min(24, read));
  }

  /** Returns the bytes up to the end of a frame. */
  endOf(frames: number): bigint {
    return frames === 0 ? 0n : BigInt(logHeader + frames * this.#frame);
  }

  /**
   * Returns whether the last whole frame before an offset has become zeros. Each frame begins with its page number, at least 1.
   * A log that was truncated between two checks and then extended at its old end has its old length and a hole.
   */
  hasHoleBefore(end: bigint): boolean {
    const frames = this.framesIn(end);
    return frames > 0 && this.#isHole(frames - 1);
  }

  /** Returns whether any frame before the offset has become zeros. */
  hasHole(end: bigint): boolean {
    const frames = this.framesIn(end);
    for (let frame = 0; frame < frames; frame++) if (this.#isHole(frame)) return true;
    return false;
  }

  /** Returns the number of whole frames before an offset. */
  framesIn(end: bigint): number {
    return Math.floor((Number(end) - logHeader) / this.#frame);
  }

  #isHole(frame: number): boolean {
    const at = logHeader + frame * this.#frame;
    return readSync(this.#descriptor, this.#number, 0, 4, at) === 4 && this.#number.readUInt32BE() === 0;
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}
