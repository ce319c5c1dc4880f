import type { Facts, ReceivedEvent, StoredEvent } from "@sessionhook/core";
import * as z from "zod/mini";
import type { Driver } from "../driver.js";

/** Log of an event handler; its lines contain the name of the destination. */
export interface HandlerLog {
  debug(message: string, properties?: Record<string, unknown>): void;
  info(message: string, properties?: Record<string, unknown>): void;
  warn(message: string, properties?: Record<string, unknown>): void;
  error(message: string, properties?: Record<string, unknown>): void;
}

/** Context of one call of an event handler. */
export interface HandlerContext {
  /** Facts of the event; undefined if its body does not fit a known type. */
  readonly facts: Facts | undefined;
  /** `accepted`, or another status that the destination asks for with `statuses`: such an event can have any shape. */
  readonly status: StoredEvent["status"];
  /** Time of the first receipt, in Unix milliseconds. */
  readonly receivedAt: number;
  /** The body as it was received and signed, byte for byte. */
  readonly raw: Uint8Array;
  /** The message id, which is the same for every attempt and every replay. */
  readonly idempotencyKey: string;
  /** Number of this attempt, from 1. */
  readonly attempt: number;
  /** Id of the replay that created the delivery; null for a live delivery. */
  readonly replay: string | null;
  /** True for the sample event of `sessionhook destinations test`, which concerns no real person. */
  readonly test: boolean;
  /** Aborted when the attempt times out or the process stops. Pass it to `fetch`. */
  readonly signal: AbortSignal;
  readonly log: HandlerLog;
  /** Ends the handler: this event is never tried again. `code` is stored: letters, digits and underscores. */
  readonly reject: (code?: string) => never;
  /** Ends the handler: this event waits until then without using an attempt. Unix milliseconds or a Date. */
  readonly retryAt: (time: number | Date) => never;
}

/** Called with each event; if it throws, the event is tried again by the retry schedule. */
export type EventHandler = (event: ReceivedEvent, context: HandlerContext) => unknown;

export interface CodeConfig {
  readonly handle: EventHandler;
}

/** Their calls return an iterator and run nothing. */
const generators = new Set(["[object GeneratorFunction]", "[object AsyncGeneratorFunction]"]);

export const codeSchema: z.ZodMiniType<CodeConfig> = z.strictObject({
  handle: z
    .custom<EventHandler>((value) => typeof value === "function", "must be a function")
    .check(
      z.refine(
        (handle) => !generators.has(Object.prototype.toString.call(handle)),
        "must not be a generator: write it without *",
      ),
      z.refine(
        (handle) => !/^class\b/.test(Function.prototype.toString.call(handle)),
        "must not be a class: give a function",
      ),
    ),
});

export const codeDriver: Driver<CodeConfig> = {
  type: "code",
  kind: "local",
  description: "Calls a function of sessionhook.config.ts.",
  schema: codeSchema,
  secrets: [],
  defaults: { concurrency: 10, timeoutMs: 30_000 },
  create: async (config, context) => {
    const { createCode } = await import("./code-destination.js");
    return createCode(config, context);
  },
};
