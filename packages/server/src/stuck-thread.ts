/** A thread that cannot be ended: a handler or a disk does not return from a call of the system. */
export class StuckThread extends Error {
  override name = "StuckThread";
  readonly thread: "writing" | "delivery";

  constructor(thread: "writing" | "delivery") {
    super(`The ${thread} thread does not end`);
    this.thread = thread;
  }
}
