import { ConfigurationError, type EventStore, type SecretOptions, SigningSecrets } from "@sessionhook/core";
import type { ErrorContext, EventContext, InvalidEvent, Seen } from "./context.js";

/** Secrets as they are configured: one, several during a rotation, or prepared ones. */
export type Secrets = string | readonly string[] | SigningSecrets | undefined;

export interface WebhookHandlerOptions extends SecretOptions {
  /**
   * `whsec_…` (HMAC) or `whpk_…` (ed25519 public key), one or several: any of them may have signed. A bad or
   * missing secret throws here and now. A function is asked when the first delivery arrives, for hosts
   * that load the module at build time, without the environment.
   */
  readonly secrets: Secrets | (() => Secrets);
  /** How far the attempt timestamp may lie from now, both ways. Default 300; 0 is 0. */
  readonly toleranceSeconds?: number | undefined;
  /** Default 1 MiB. Larger bodies get 413. */
  readonly maxBodyBytes?: number | undefined;
  /** How long a body may take to arrive, in milliseconds. Default 30 s. */
  readonly bodyTimeoutMs?: number | undefined;
  /** Bytes of all bodies in memory together; beyond it 503. Default 256 MiB. */
  readonly maxHeldBytes?: number | undefined;
  /**
   * What happens to a genuine event that does not fit its schema. `reject`: 422, and nothing was kept. A
   * function: it is called instead of the event handlers, then the event is acknowledged. Default: `reject`,
   * or with a store: kept as quarantined, and acknowledged.
   */
  readonly onInvalid?: "reject" | ((invalid: InvalidEvent, context: EventContext) => unknown) | undefined;
  /** Ids whose handlers are done: such deliveries are answered `duplicate`, and no handler runs. */
  readonly seen?: Seen | undefined;
  /** Keeps every event before its handlers run. A delivery whose handlers failed runs them again when it comes again. */
  readonly store?: EventStore | undefined;
  /**
   * True on Cloudflare Workers: no request waits for a promise that another one began. Events are then written one
   * by one, and deliveries of one id may run side by side. Default false.
   */
  readonly separateRequests?: boolean | undefined;
  /** Told of every error that cost a delivery its acknowledgement. Default: `console.error`. */
  readonly onError?: ((error: unknown, context: ErrorContext) => void) | undefined;
  /** Unix milliseconds. Default: the system clock. */
  readonly now?: (() => number) | undefined;
}

/**
 * The secrets, made ready once: now, or at the first delivery where they are given by a function.
 * @throws ConfigurationError `invalid_secret`
 */
export function readSecrets(options: WebhookHandlerOptions): () => SigningSecrets {
  const { secrets } = options;
  if (typeof secrets !== "function") {
    const ready = prepare(secrets, options);
    return () => ready;
  }
  let ready: SigningSecrets | undefined;
  return () => (ready ??= prepare(secrets(), options));
}

function prepare(secrets: Secrets, options: SecretOptions): SigningSecrets {
  if (secrets instanceof SigningSecrets) return secrets;
  if (secrets === undefined) {
    throw new ConfigurationError("invalid_secret", "No signing secret is configured: secrets is undefined");
  }
  return new SigningSecrets(secrets, options);
}

/** @throws ConfigurationError `invalid_option` for numbers and hooks that cannot be meant */
export function checkOptions(options: WebhookHandlerOptions): void {
  if (typeof options !== "object" || options === null)
    refuse("createWebhookHandler takes an object of options");
  for (const name of ["toleranceSeconds", "maxBodyBytes", "bodyTimeoutMs", "maxHeldBytes"] as const) {
    const value = options[name];
    if (value !== undefined && !(typeof value === "number" && value >= 0)) {
      refuse(`${name} must be a number, 0 or more`);
    }
  }
  const { onInvalid, seen } = options;
  if (onInvalid !== undefined && onInvalid !== "reject" && typeof onInvalid !== "function") {
    refuse('onInvalid must be "reject" or a function');
  }
  if (seen !== undefined && (typeof seen.has !== "function" || typeof seen.add !== "function")) {
    refuse("seen must have has(id) and add(id), as a Set has");
  }
}

function refuse(message: string): never {
  throw new ConfigurationError("invalid_option", message);
}
