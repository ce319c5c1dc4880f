/** A thread that cannot be ended: a handler or a disk does not return from a call of the system. */
export class StuckThread extends Error {
  override name = "StuckThread";
  readonly thread: "writing" | "delivering";

  constructor(thread: "writing" | "delivering") {
    super(`The ${thread} thread does not end`);
    this.thread = thread;
  }
}
