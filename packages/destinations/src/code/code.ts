import type { CodeConfig } from "./config.js";

/** The options of `code`: `on`, `handle`, and the keys that every destination has. */
export interface CodeOptions extends CodeConfig {
  /** Event types that the handler gets; absent: all. */
  readonly on?: string | readonly string[] | undefined;
  readonly concurrency?: number | undefined;
  /** Of one attempt, such as "30s". */
  readonly timeout?: string | number | undefined;
}

/** A destination of type `code`, as the configuration has it. */
export type CodeDestination<Options extends CodeOptions = CodeOptions> = Omit<Options, "on"> & {
  readonly type: "code";
  readonly types?: readonly string[];
};

/**
 * Returns a destination that calls a function with every event, as durable as any other: the event is tried again until
 * the function returns. A throw is retried, `reject()` is final, and `retryAt(time)` waits without using an attempt.
 * Where the function works for longer than `timeout`, it gets the event again while it may still run: give `signal` to
 * what waits, and `idempotencyKey` to what writes.
 *
 * @example
 * ```ts
 * import { code } from "@sessionhook/destinations";
 *
 * const crm = code({
 *   on: "identity.session.finalized",
 *   timeout: "10s",
 *   handle: async (event, { facts, reject }) => {
 *     if (facts?.personEmail === undefined) reject("no_email");
 *   },
 * });
 * crm.type; // => "code"
 * ```
 */
export function code<const Options extends CodeOptions>(options: Options): CodeDestination<Options> {
  const { on, ...rest } = options;
  const types = on === undefined ? {} : { types: typeof on === "string" ? [on] : on };
  return { type: "code", ...types, ...rest };
}
