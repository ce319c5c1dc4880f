import type { Worker } from "node:worker_threads";
import { within } from "./within.js";

export interface EndTimes {
  /** Time for the thread to end by itself, in milliseconds. */
  readonly graceMs: number;
  /** Time for its end after it was terminated. A thread does not end before its call of the system returns. */
  readonly endMs: number;
}

/**
 * Waits for the end of a thread that was asked to end, and terminates it when it does not in time.
 * @returns `ended` by itself, `terminated`, or `stuck` if it still runs
 */
export async function endThread(
  thread: Worker,
  { graceMs, endMs }: EndTimes,
): Promise<"ended" | "terminated" | "stuck"> {
  // Not `once` of node:events, which rejects when the thread fails before it ends.
  const exit = new Promise<true>((resolve) => void thread.once("exit", () => resolve(true)));
  if (await within(graceMs, exit)) return "ended";
  void thread.terminate();
  return (await within(endMs, exit)) ? "terminated" : "stuck";
}
