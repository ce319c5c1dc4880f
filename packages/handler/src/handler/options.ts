import type { EventLog, SecretOptions, VerifyOptions } from "@sessionhook/core";
import { highestBodyTimeoutMs } from "@sessionhook/core/limits";
import { checkOptionTypes, refuseOption } from "@sessionhook/ingest";
import type { EventContext, InvalidEvent, OnError, Seen } from "./context.js";

/** Configured secrets: one, several during a rotation, or prepared ones. */
export type Secrets = VerifyOptions["secrets"] | undefined;

export interface WebhookHandlerOptions extends SecretOptions {
  /**
   * `whsec_…` (HMAC) or `whpk_…` (ed25519 public key), one or several: any of them may have signed. An invalid or
   * missing secret throws at once. A function is called for each message, so that secrets can be exchanged at run time, and
   * for hosts that load the module at build time, without the environment. It must not be async; secrets that are equal to the
   * last ones are not prepared again.
   */
  readonly secrets: Secrets | (() => Secrets);
  /** Maximum distance of the attempt timestamp from now, in both directions, in seconds. Default 300. */
  readonly toleranceSeconds?: number | undefined;
  /** Default 1 MiB. Larger bodies get 413. */
  readonly maxBodyBytes?: number | undefined;
  /** Time limit for receiving a body, in milliseconds: from 1 to 300 000. Default 30 s. */
  readonly bodyTimeoutMs?: number | undefined;
  /** Memory budget for all bodies together, in bytes; beyond it 503. Default 256 MiB. */
  readonly memoryBudgetBytes?: number | undefined;
  /**
   * Treatment of a genuine event that does not fit its schema. `reject`: 422, and nothing is stored. A
   * function: it is called instead of the event handlers, then the event is acknowledged. Default: `reject`;
   * with a store, the event is stored as quarantined and acknowledged.
   */
  readonly onInvalid?: "reject" | ((invalid: InvalidEvent, context: EventContext) => unknown) | undefined;
  /** Ids of messages whose handlers have finished: the response to them is `duplicate`, and no handler runs. */
  readonly seen?: Seen | undefined;
  /** Stores every event before its handlers run. If the handlers fail, they run again on the next attempt. */
  readonly store?: EventLog | undefined;
  /**
   * True on Cloudflare Workers: no request waits for a promise of another request. Events are then written
   * separately, and messages with the same id may run concurrently. Default false.
   */
  readonly requestScopedIo?: boolean | undefined;
  /**
   * Called with every error that prevented an acknowledgement. It may be async: the response does not wait for it, and
   * its own errors are written to the console, with the error that it was called with. Default: `console.error`.
   */
  readonly onError?: OnError | undefined;
  /** Unix milliseconds. Default: the system clock. */
  readonly now?: (() => number) | undefined;
}

/** The names of all options. A misspelt one would be ignored. */
const known = {
  secrets: true,
  secretEncoding: true,
  allowShortSecrets: true,
  toleranceSeconds: true,
  maxBodyBytes: true,
  bodyTimeoutMs: true,
  memoryBudgetBytes: true,
  onInvalid: true,
  seen: true,
  store: true,
  requestScopedIo: true,
  onError: true,
  now: true,
} satisfies Record<keyof WebhookHandlerOptions, true>;

/** @throws ConfigurationError `invalid_option` for unknown names and for values of the wrong type */
export function checkOptions(options: WebhookHandlerOptions): void {
  if (typeof options !== "object" || options === null)
    refuseOption("createWebhookHandler takes an object of options");
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined)
    refuseOption(`${unknown} is not an option; the options are ${Object.keys(known).join(", ")}`);
  checkOptionTypes(options, "number", ["toleranceSeconds", "maxBodyBytes", "memoryBudgetBytes"]);
  checkOptionTypes(options, "boolean", ["allowShortSecrets", "requestScopedIo"]);
  checkOptionTypes(options, "function", ["onError", "now"]);
  checkOptionTypes(options, "store", ["store"]);
  const { bodyTimeoutMs, onInvalid, seen } = options;
  if (
    bodyTimeoutMs !== undefined &&
    !(typeof bodyTimeoutMs === "number" && bodyTimeoutMs >= 1 && bodyTimeoutMs <= highestBodyTimeoutMs)
  ) {
    refuseOption(`bodyTimeoutMs must be a number from 1 to ${highestBodyTimeoutMs}, in milliseconds`);
  }
  if (onInvalid !== undefined && onInvalid !== "reject" && typeof onInvalid !== "function") {
    refuseOption('onInvalid must be "reject" or a function');
  }
  if (seen !== undefined && (typeof seen?.has !== "function" || typeof seen.add !== "function")) {
    refuseOption("seen must have has(id) and add(id), as a Set has");
  }
}
