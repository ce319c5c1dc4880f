import { ReceiveError } from "../receive-error.js";
import { GrowingBuffer, tooLarge } from "./growing-buffer.js";
import type { InboundBody, InboundRequest } from "./inbound-request.js";
import { requestBytes } from "@sessionhook/core/limits";
import { type MemoryBudget, Reservation } from "./memory-budget.js";

export interface BodyLimits {
  /** Largest body in bytes. */
  readonly maxBodyBytes: number;
  /** Time limit for receiving the body, in milliseconds. */
  readonly bodyTimeoutMs: number;
}

/** A timer with a longer time, or an infinite one, would end after a millisecond. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Reads the body of a request and passes it to `use`. Its memory is reserved in the budget until `use` has finished.
 * @throws ReceiveError `payload_too_large` (a declared length is rejected unread, an undeclared one as soon as it
 * exceeds the limit), `request_timeout`, `incomplete_body`, `overloaded`
 */
export async function withBody<T>(
  request: InboundRequest,
  limits: BodyLimits,
  budget: MemoryBudget,
  use: (body: Uint8Array) => Promise<T>,
): Promise<T> {
  const declared = declaredLength(request);
  if (declared !== undefined && declared > limits.maxBodyBytes) throw tooLarge(limits.maxBodyBytes);
  const reserved = new Reservation(budget);
  try {
    reserved.grow(requestBytes);
    const buffer = new GrowingBuffer(declared, limits.maxBodyBytes, reserved);
    return await use(await readInto(buffer, request.body, limits.bodyTimeoutMs, reserved));
  } finally {
    reserved.release();
  }
}

/** Returns the Content-Length if it alone determines the length of the body. */
function declaredLength(request: InboundRequest): number | undefined {
  const text = request.header("content-length");
  if (text === undefined || !/^[0-9]+$/.test(text)) return undefined;
  return request.header("transfer-encoding") === undefined ? Number(text) : undefined;
}

function readInto(
  buffer: GrowingBuffer,
  body: InboundBody,
  timeoutMs: number,
  reserved: Reservation,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    // Undefined once the result is final: chunks that arrive afterwards are neither reserved nor released.
    let open: GrowingBuffer | undefined = buffer;
    const settle = () => {
      open = undefined;
      reserved.arrived();
      clearTimeout(timer);
    };
    const fail = (error: unknown) => {
      if (open === undefined) return;
      settle();
      // The connection, and so this sink, may last longer.
      buffer.drop();
      body.stop();
      const known = ReceiveError.isInstance(error);
      reject(
        known
          ? error
          : new ReceiveError("incomplete_body", "The body ended before it was complete", { cause: error }),
      );
    };
    const timer = setTimeout(
      () => {
        fail(new ReceiveError("request_timeout", `The body did not arrive within ${timeoutMs / 1000} s`));
      },
      Math.min(timeoutMs, longestTimerMs),
    );
    reserved.arriving(fail);
    body.read({
      chunk(bytes) {
        try {
          open?.add(bytes);
        } catch (error) {
          fail(error);
        }
      },
      end() {
        if (open === undefined) return;
        settle();
        resolve(buffer.bytes());
      },
      fail,
    });
  });
}
