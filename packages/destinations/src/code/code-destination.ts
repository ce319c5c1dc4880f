import { getLogger } from "@logtape/logtape";
import type { DeliveryItem, Destination, Outcome, ReceivedEvent, SendContext } from "@sessionhook/core";
import type { DriverContext } from "../driver.js";
import { isTest } from "../is-test.js";
import { abortCode, beforeAbort, ClosedError, retryOf } from "../net/abort.js";
import type { CodeConfig } from "./config.js";
import { Decision } from "./decision.js";
import { placeOf } from "./place-of.js";

/** Creates a destination that calls a function with each event. Its errors can contain the event: only their place is logged. */
export function createCode({ handle }: CodeConfig, { name }: DriverContext): Destination {
  const log = getLogger(["sessionhook", "destination", name]);
  const closing = new AbortController();

  const sendOne = async (item: DeliveryItem, context: SendContext): Promise<Outcome> => {
    const event = eventOf(item);
    if (event === undefined) return { outcome: "skipped", reason: { code: "not_json" } };
    const signal = AbortSignal.any([context.signal, closing.signal]);
    const decision = new Decision(context.now);
    const { reject, retryAt } = decision;
    const { attempt, replay } = item;
    const { status, receivedAt, id: idempotencyKey } = item.event;
    // A handler may change what it is given.
    const given = { facts: structuredClone(item.facts), raw: Uint8Array.from(item.event.raw) };
    const about = { status, receivedAt, idempotencyKey, attempt, replay, test: isTest(item) };
    const call = async () => handle(event, { ...given, ...about, signal, log, reject, retryAt });
    try {
      signal.throwIfAborted();
      const result: unknown = await beforeAbort(call(), signal);
      if (isGenerator(result)) throw new TypeError("The handler returned a generator, which has not run");
    } catch (error) {
      if (decision.outcome !== undefined) return decision.outcome;
      if (signal.aborted) return retryOf(abortCode(signal));
      log.warn("The handler of {destination} failed at {place}", {
        destination: name,
        place: placeOf(error),
      });
      return { outcome: "retry", reason: { code: "handler_failed" } };
    }
    // A handler that catches every error catches those of reject() and retryAt() too.
    return decision.outcome ?? { outcome: "delivered" };
  };

  return {
    target: "sessionhook.config",
    send: (items, context) => Promise.all(items.map((item) => sendOne(item, context))),
    close: async () => closing.abort(new ClosedError()),
  };
}

/** Returns whether a handler returned a generator: nothing of its body has run. */
function isGenerator(result: unknown): boolean {
  if (typeof result !== "object" || result === null) return false;
  const iterates = Symbol.iterator in result || Symbol.asyncIterator in result;
  return iterates && "next" in result && typeof result.next === "function";
}

/** Returns the parsed body without a schema check; undefined if it is not a JSON object. */
export function eventOf({ event }: DeliveryItem): ReceivedEvent | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(event.raw));
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as ReceivedEvent) : undefined;
  } catch {
    return undefined;
  }
}
