import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { type HeldBytes, ReceiveError } from "@sessionhook/receiver";

/** Requests whose bodies have not arrived, with the time they may take until; swept together instead of a timer each. */
const waiting = new Map<IncomingMessage, { until: number; reject: (error: unknown) => void }>();
const sweepMs = 250;
setInterval(() => {
  const now = performance.now();
  for (const [request, { until, reject }] of waiting) {
    if (now < until) return;
    waiting.delete(request);
    reject(new ReceiveError("request_timeout", "The body did not arrive in time"));
  }
}, sweepMs).unref();

/**
 * Reads the body of a request with a declared length straight from the socket, and counts its bytes as held. The
 * caller releases as many bytes as the result has.
 * @throws ReceiveError `request_timeout`, `incomplete_body`, `overloaded`
 */
export function readDelivery(request: IncomingMessage, held: HeldBytes, timeoutMs: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let taken = 0;
    const fail = (error: unknown) => {
      held.release(taken);
      taken = 0;
      reject(error);
    };
    waiting.set(request, { until: performance.now() + timeoutMs, reject: fail });
    request.on("data", (chunk: Buffer) => {
      if (!waiting.has(request)) return;
      try {
        held.take(chunk.length);
        taken += chunk.length;
        chunks.push(chunk);
      } catch (error) {
        waiting.delete(request);
        fail(error);
      }
    });
    request.on("end", () => {
      if (waiting.delete(request))
        resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    });
    request.on("close", () => {
      if (waiting.delete(request)) fail(new ReceiveError("incomplete_body", "The body broke off"));
    });
  });
}
