import { completeName } from "./file-name.js";
import { compress } from "./gzip-members.js";
import { PartFile } from "./part-file.js";
import { recoverParts } from "./recover-parts.js";

export interface FileWriterOptions {
  readonly folder: string;
  /** Name of the destination: the beginning of every file name. */
  readonly destination: string;
  readonly maxBytes: number;
  readonly maxAgeMs: number;
  readonly now: () => number;
}

/** Writes batches one after the other into the current file, and finishes it by size and age. */
export class FileWriter {
  readonly #options: FileWriterOptions;
  #part: PartFile | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last: Promise<unknown> = Promise.resolve();
  closed = false;

  constructor(options: FileWriterOptions) {
    this.#options = options;
  }

  /** Resolves when the lines are synced. */
  write(lines: string): Promise<void> {
    if (this.closed) return Promise.reject(new Error("The writer is closed"));
    return this.#inTurn(async () => {
      const member = await compress(lines);
      if (this.#part !== undefined && (await this.#part.isGone())) await this.#abandon();
      const part = (this.#part ??= await this.#open());
      try {
        await part.append(member);
      } catch (error) {
        // After a failed sync the kernel may have dropped the pages: nothing is appended to this file again.
        await this.#finish().catch(() => undefined);
        throw error;
      }
      if (part.size >= this.#options.maxBytes) await this.#finish();
    });
  }

  /** Waits for the writes and finishes the file. */
  async close(): Promise<void> {
    this.closed = true;
    await this.#inTurn(() => this.#finish()).catch(() => undefined);
  }

  /** Runs after everything before it, and does not run at the same time as anything else. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#last.then(work);
    this.#last = run.catch(() => undefined);
    return run;
  }

  async #open(): Promise<PartFile> {
    const { folder, destination, maxAgeMs, now } = this.#options;
    const part = await PartFile.create(folder, completeName(destination, now()));
    this.#timer = setTimeout(() => void this.#inTurn(() => this.#finish()).catch(() => undefined), maxAgeMs);
    this.#timer.unref();
    await recoverParts(folder, { destination, maxAgeMs, now: now() }).catch(() => undefined);
    return part;
  }

  async #finish(): Promise<void> {
    const part = this.#part;
    this.#part = undefined;
    clearTimeout(this.#timer);
    await part?.finish();
  }

  async #abandon(): Promise<void> {
    const part = this.#part;
    this.#part = undefined;
    clearTimeout(this.#timer);
    await part?.abandon();
  }
}
