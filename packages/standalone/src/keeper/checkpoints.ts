import { Worker } from "node:worker_threads";

/** What is asked of the store; `SqliteEventStore` is one. */
interface Checkpointed {
  pagesToCheckpoint(): number | undefined;
  checkpoint(): void;
  /** The database that the log belongs to. */
  readonly identity: string | undefined;
  /** Set while another thread checkpoints. */
  copying: boolean;
}

/** Pages in the log that are worth copying, and how many are too many: then the writer does it at once. */
const manyPages = 4000;
const tooManyPages = 16_384;

/**
 * Has the write-ahead log copied into the database by a thread of its own, since that takes longer than a commit. The
 * log begins anew only when all of it is copied and nobody is writing, so what was written meanwhile is copied here,
 * between two commits: that is little. The thread is started at once: later there may be no file descriptor for it, and
 * Bun ends the process over that.
 */
export class Checkpoints {
  readonly #path: string;
  #thread: Worker | undefined;
  #store: Checkpointed | undefined;
  /** The store whose log is being copied by the thread. */
  #copying: Checkpointed | undefined;

  constructor(path: string) {
    this.#path = path;
    this.#thread = this.#start();
  }

  /** To be called after each commit. */
  committed(store: Checkpointed): void {
    this.#store = store;
    const pages = store.pagesToCheckpoint() ?? 0;
    if (pages >= tooManyPages) store.checkpoint();
    else if (pages >= manyPages && this.#copying === undefined) {
      this.#thread ??= this.#start();
      this.#copying = store;
      store.copying = true;
      this.#thread.postMessage(store.identity);
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
    thread.on("message", () => {
      this.#copied();
      this.#store?.checkpoint();
    });
    // Without it the writer copies the log itself when it is too long; the next one needed is started anew.
    const lost = () => {
      if (this.#thread !== thread) return;
      this.#thread = undefined;
      this.#copied();
    };
    thread.on("error", lost);
    thread.on("exit", lost);
    return thread;
  }

  #copied(): void {
    if (this.#copying !== undefined) this.#copying.copying = false;
    this.#copying = undefined;
  }
}
