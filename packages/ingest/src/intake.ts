import type { QueuedWriter } from "./write-queue.js";
import { checkContentEncoding } from "./http/content-encoding.js";
import { describeError } from "./describe-error.js";
import { checkHost } from "./http/check-host.js";
import type { HttpAnswer } from "./http/http-answer.js";
import type { InboundRequest } from "./http/inbound-request.js";
import type { MemoryBudget } from "./http/memory-budget.js";
import { isMessagePath } from "./http/message-path.js";
import { type BodyLimits, withBody } from "./http/read-body.js";
import type { ReceivedMessage, WriteResult } from "./event-writer.js";
import { log } from "./log.js";
import { OutageLog } from "./outage-log.js";
import { problemCodeOf, problemOf } from "./http/problem.js";
import { rejectionLog } from "./rejection-log.js";
import { receive, type ReceiveOptions } from "./receive.js";
import { ReceiveError } from "./receive-error.js";

const json = { "content-type": "application/json" };

/** Counts the results of messages. */
export interface IntakeMetrics {
  /** Counts an acknowledged message by its status. */
  acknowledged(status: string): void;
  /** Counts a rejected request by its problem code. */
  rejected(code: string): void;
}

export interface IntakeParts {
  readonly queue: QueuedWriter<ReceivedMessage, WriteResult>;
  readonly receiving: ReceiveOptions;
  readonly limits: BodyLimits;
  /** Returns the budget in which a request reserves its bytes. */
  readonly budget: () => MemoryBudget;
  readonly metrics: IntakeMetrics;
  /** Without a slash at its end; empty for the root. */
  readonly basePath: string;
}

/** The single entry point for messages of every server. */
export class Intake {
  readonly limits: BodyLimits;
  readonly budget: () => MemoryBudget;
  readonly #queue: QueuedWriter<ReceivedMessage, WriteResult>;
  readonly #receiving: ReceiveOptions;
  readonly #metrics: IntakeMetrics;
  readonly #basePath: string;
  readonly #outage = new OutageLog();
  readonly #logRejected: (code: string) => void;

  constructor({ queue, receiving, limits, budget, metrics, basePath }: IntakeParts) {
    this.limits = limits;
    this.budget = budget;
    this.#queue = queue;
    this.#receiving = receiving;
    this.#metrics = metrics;
    this.#basePath = basePath;
    this.#logRejected = rejectionLog(receiving.now);
  }

  /** Returns whether a request target is the message path; the intake does not handle other requests. */
  serves(url: string): boolean {
    return isMessagePath(url, this.#basePath);
  }

  /**
   * Checks a request, reads its body within the limits, verifies and stores the message. Resolves with a 2xx only when
   * it is durable; never rejects. If the body was not read to its end, the host responds and closes the connection.
   */
  async handle(request: InboundRequest): Promise<HttpAnswer> {
    try {
      checkHost(request);
      if (!this.serves(request.url))
        throw new ReceiveError("not_found", "There is nothing at this path; messages go to POST /webhooks");
      checkPost(request.method);
      checkContentEncoding(request.header("content-encoding"));
      return await withBody(request, this.limits, this.budget(), (body) => this.#receive(body, request));
    } catch (error) {
      return this.refuse(error);
    }
  }

  async #receive(body: Uint8Array, { headers }: InboundRequest): Promise<HttpAnswer> {
    const received = await receive(body, headers, this.#queue, this.#receiving);
    const { status, id } = received;
    this.#metrics.acknowledged(status);
    this.#outage.stored();
    if (status === "accepted" || status === "duplicate") log.debug("message acknowledged", { ...received });
    else log.info("message acknowledged", { ...received });
    return { status: 200, headers: json, body: `{"status":"${status}","id":${JSON.stringify(id)}}` };
  }

  /** Counts a rejected request, logs it within a limit, and returns its response. */
  refuse(error: unknown): HttpAnswer {
    const code = problemCodeOf(error);
    if (code === "internal_error") log.error("unexpected error", describeError(error));
    else {
      this.#metrics.rejected(code);
      // The message of a StoreError is made here or in the store, and shows nothing of a payload.
      if (code === "store_unavailable") this.#outage.refused(error as Error);
      else this.#logRejected(code);
    }
    return problemOf(error);
  }
}

/** @throws ReceiveError `method_not_allowed` */
export function checkPost(method: string): void {
  if (method === "POST") return;
  throw new ReceiveError("method_not_allowed", "Use POST for this path", { headers: { allow: "POST" } });
}
