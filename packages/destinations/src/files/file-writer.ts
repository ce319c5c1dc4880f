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

/** Writes batches one after the other to the current file, and finishes the file by size and age. */
export class FileWriter {
  readonly #options: FileWriterOptions;
  #part: PartFile | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last: Promise<unknown> = Promise.resolve();
  /** Names of parts that could not be completed, for example because the folder was missing. */
  readonly #left = new Set<string>();
  closed = false;

  constructor(options: FileWriterOptions) {
    this.#options = options;
    // A destination that gets no event opens no file. What cannot be recovered now is tried again with the first one.
    void this.#inTurn(() => this.#recover()).catch(() => undefined);
  }

  /** Appends lines; resolves when they are synced. */
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

  /** Waits for the pending writes and finishes the file. */
  async close(): Promise<void> {
    this.closed = true;
    await this.#inTurn(async () => {
      await this.#finish();
      if (this.#left.size > 0) await this.#recover();
    }).catch(() => undefined);
  }

  /** Runs one task at a time, in the order of the calls. */
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
    // A part that cannot be recovered now is tried again with the next file.
    await this.#recover().catch(() => undefined);
    return part;
  }

  #recover(): Promise<void> {
    const { folder, destination, maxAgeMs, now } = this.#options;
    return recoverParts(folder, { destination, maxAgeMs, now: now(), left: this.#left });
  }

  async #finish(): Promise<void> {
    const part = this.#take();
    try {
      await part?.finish();
    } catch (error) {
      if (part !== undefined) this.#left.add(part.name);
      throw error;
    }
  }

  async #abandon(): Promise<void> {
    const part = this.#take();
    await part?.abandon();
    if (part !== undefined) this.#left.add(part.name);
  }

  #take(): PartFile | undefined {
    const part = this.#part;
    this.#part = undefined;
    clearTimeout(this.#timer);
    return part;
  }
}
