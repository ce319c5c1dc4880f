import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";

/** Between that of the process and the lowest, 19. */
const niceness = 10;

/**
 * Lowers the priority of the calling thread on Linux, where each thread has its own: when the processors are busy, messages
 * are answered first and delivered later. Elsewhere it does nothing.
 */
export function lowerPriority(): void {
  try {
    const thread = Number(/\/task\/(\d+)$/.exec(readlinkSync("/proc/thread-self"))?.[1]);
    if (Number.isInteger(thread)) setPriority(thread, niceness);
  } catch {
    // Deliveries only compete with messages then.
  }
}
