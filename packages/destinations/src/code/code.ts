import type { CodeConfig } from "./config.js";

/** A time such as `"5 s"`, `"30 min"` or `"24h"`. */
type Duration = `${number}${"" | " "}${"ms" | "s" | "min" | "m" | "h" | "d"}`;

/** The options of `code`: `on`, `handle`, and the keys that every destination has. */
export interface CodeOptions extends CodeConfig {
  /** Event types that the handler gets; absent: all. */
  readonly on?: string | readonly string[] | undefined;
  readonly concurrency?: number | undefined;
  /** Time limit of one attempt, such as "30s". */
  readonly timeout?: Duration | undefined;
}

/** A destination of type `code`, in the form that the configuration has. */
export type CodeDestination<Options extends CodeOptions = CodeOptions> = Omit<Options, "on"> & {
  readonly type: "code";
  readonly types?: readonly string[];
};

/**
 * Returns a destination that calls a function with every event, as durable as any other: the event is tried again until
 * the function returns. A throw is retried, `reject()` is final, and `retryAt(time)` waits without using an attempt.
 * If the function runs for longer than `timeout`, it is called with the event again while the first call may still run:
 * pass `signal` to requests, and `idempotencyKey` to writes.
 *
 * @example
 * ```ts
 * import { code } from "@sessionhook/app/config";
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
