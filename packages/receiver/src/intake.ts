import type { HeadersLike } from "@sessionhook/core";
import type { Appender } from "./append-queue.js";
import type { Delivery, Kept } from "./keeper.js";
import { describeError } from "./describe-error.js";
import { log } from "./log.js";
import type { Metrics } from "./metrics.js";
import { type Answer, problemAnswer } from "./problem.js";
import type { BodyLimits, HeldBytes } from "./read-body.js";
import { receive, type ReceiveOptions } from "./receive.js";
import { refusalOf } from "./refusal.js";

const json = { "content-type": "application/json" };

/**
 * `POST /webhooks` without a web framework: how a delivery is answered once its body is there. A runtime with a
 * faster way to read a request than a web `Request` reads it itself, within `limits` and `held`.
 */
export class Intake {
  readonly limits: BodyLimits;
  /** Where a request counts the bytes it holds. */
  readonly held: () => HeldBytes;
  readonly #queue: Appender<Delivery, Kept>;
  readonly #options: ReceiveOptions;
  readonly #metrics: Metrics;

  constructor(
    queue: Appender<Delivery, Kept>,
    options: ReceiveOptions,
    { limits, held, metrics }: { limits: BodyLimits; held: () => HeldBytes; metrics: Metrics },
  ) {
    this.#queue = queue;
    this.#options = options;
    this.#metrics = metrics;
    this.limits = limits;
    this.held = held;
  }

  /** Verifies and keeps a delivery; resolves with a 2xx only when it is durable. Never rejects. */
  async take(body: Uint8Array, headers: HeadersLike): Promise<Answer> {
    try {
      const received = await receive(body, headers, this.#queue, this.#options);
      const { status, id } = received;
      this.#metrics.delivered(status);
      if (status === "accepted" || status === "duplicate") log.debug("event taken", { ...received });
      else log.info("event taken", { ...received });
      return { status: 200, headers: json, body: `{"status":"${status}","id":${JSON.stringify(id)}}` };
    } catch (error) {
      return this.refuse(error);
    }
  }

  /** The answer to a delivery that was not taken. */
  refuse(error: unknown): Answer {
    const refusal = refusalOf(error);
    if (refusal === undefined) {
      log.error("unexpected error", describeError(error));
      return problemAnswer("internal_error", "Something went wrong here; the event was not acknowledged");
    }
    const { code, detail, extra, headers } = refusal;
    this.#metrics.rejected(code);
    // The message of a StoreError is made here or in the store, and shows nothing of a payload.
    if (code === "store_unavailable") {
      log.error("event not kept", { code, reason: detail, ...causeOf(error) });
    } else log.warn("request refused", { code });
    return problemAnswer(code, detail, extra, headers);
  }
}

function causeOf(error: unknown): object {
  return error instanceof Error && error.cause !== undefined ? { cause: describeError(error.cause) } : {};
}
