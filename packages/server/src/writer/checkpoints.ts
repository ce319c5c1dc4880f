import { Worker } from "node:worker_threads";
import { describeError } from "@sessionhook/ingest";

/** The methods of the store that are used here; `SqliteEventLog` has them. */
interface Checkpointed {
  pagesToCheckpoint(): number | undefined;
  checkpoint(): void;
  /** Identifies the database that the log belongs to, in its current state. */
  readonly fingerprint: string | undefined;
  /** Set while another thread checkpoints. */
  copying: boolean;
}

/** Pages in the log from which the thread copies them, and from which the writer copies them at once. */
const manyPages = 4000;
const tooManyPages = 16_384;

/**
 * Copies the write-ahead log into the database in a worker thread, because copying takes longer than a commit. SQLite
 * restarts the log only after all of it is copied while nothing is written, so the few pages written meanwhile are
 * copied here, between two commits. The thread starts at once: later there may be no file descriptor for it, and
 * Bun then ends the process.
 */
export class Checkpoints {
  readonly #path: string;
  readonly #onCopy: (failure: string | undefined) => void;
  #thread: Worker | undefined;
  #store: Checkpointed | undefined;
  /** The store whose log is being copied by the thread. */
  #copying: Checkpointed | undefined;

  /** @param onCopy called after each attempt of the thread, with the reason if it failed */
  constructor(path: string, onCopy: (failure: string | undefined) => void) {
    this.#path = path;
    this.#onCopy = onCopy;
    this.#thread = this.#start();
  }

  /** Call it after each commit. */
  committed(store: Checkpointed): void {
    this.#store = store;
    const pages = store.pagesToCheckpoint() ?? 0;
    if (pages >= tooManyPages) store.checkpoint();
    else if (pages >= manyPages && this.#copying === undefined) {
      this.#thread ??= this.#start();
      this.#copying = store;
      store.copying = true;
      this.#thread.postMessage(store.fingerprint);
    }
  }

  async close(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.terminate();
  }

  #start(): Worker {
    const thread = new Worker(new URL("./checkpoint-thread.js", import.meta.url), {
      workerData: { path: this.#path },
      execArgv: [],
    });
    thread.on("message", (failure: string | undefined) => {
      this.#copied();
      this.#onCopy(failure);
      this.#store?.checkpoint();
    });
    // Without the thread, the writer copies a log that is too long itself. The next checkpoint starts a new thread.
    const lost = (reason: string) => {
      if (this.#thread !== thread) return;
      this.#thread = undefined;
      this.#copied();
      this.#onCopy(reason);
    };
    thread.on("error", (error) => {
      const { error: name, code } = describeError(error);
      lost(`The copying thread failed (${code ?? name})`);
    });
    thread.on("exit", () => lost("The copying thread ended unexpectedly"));
    return thread;
  }

  #copied(): void {
    if (this.#copying !== undefined) this.#copying.copying = false;
    this.#copying = undefined;
  }
}
