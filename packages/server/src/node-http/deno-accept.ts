import type { Server } from "node:http";

/** Interval in milliseconds. */
const everyMs = 1000;

/**
 * Lets a server of Deno 2.9 accept connections again after file descriptors ran out: there node:net stops for good at
 * the first that cannot be accepted, without an event. To listen again on the open socket changes nothing else.
 */
export function keepAccepting(server: Server): void {
  const timer = setInterval(() => {
    const { _handle: handle } = server as Server & { _handle?: { listen?(backlog: number): number } | null };
    handle?.listen?.(511);
  }, everyMs);
  server.once("close", () => clearInterval(timer));
}
