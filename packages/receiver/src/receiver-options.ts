import type { DeliveryControl, EventLog, FactStore, SigningSecrets } from "@sessionhook/core";
import { checkOptionTypes, type Defer, type EventWriter, refuseOption } from "@sessionhook/ingest";
import type { Hono } from "hono";
import type { SignInLink } from "./sign-in-link.js";

export interface ReceiverOptions {
  readonly store: EventLog;
  /** A function is called for each message, so that secrets can be exchanged at run time. It must not be async. */
  readonly secrets: SigningSecrets | (() => SigningSecrets);
  /** Bearer token of /api and, unless `openMetrics`, of /metrics. A function is called for each request. */
  readonly adminToken: string | (() => string);
  /** Tolerance of the attempt timestamp in seconds, in both directions. Default 300. */
  readonly toleranceSeconds?: number | undefined;
  /** Default 1 MiB. Larger bodies get 413. */
  readonly maxBodyBytes?: number | undefined;
  /** Time limit for receiving a body, in milliseconds. Default 30 s. */
  readonly bodyTimeoutMs?: number | undefined;
  /**
   * Memory budget for all requests together, in bytes: 16 KiB each plus their bodies; beyond it 503. Default 256 MiB, or
   * the memory for one body of `maxBodyBytes` if that is more.
   */
  readonly memoryBudgetBytes?: number | undefined;
  /** Maximum number of events waiting to be stored; beyond it 503. Default 4096. */
  readonly maxPending?: number | undefined;
  /** Classifies and stores messages; default: in this thread, in `store`. A custom writer must apply `onInvalid` itself. */
  readonly writer?: EventWriter | undefined;
  /** Default `quarantine`. */
  readonly onInvalid?: "quarantine" | "reject" | undefined;
  /** The path that everything is below, such as `/hooks`, without a slash at its end. Paths without it are understood too. Default: the root. */
  readonly basePath?: string | undefined;
  /**
   * True where only this machine can reach the listener: requests to it by a loopback name, through no proxy, then need no
   * token for /metrics. Default false.
   */
  readonly openMetrics?: boolean | undefined;
  /** Unix milliseconds. Default: the system clock. */
  readonly now?: (() => number) | undefined;
  readonly defer?: Defer | undefined;
  /** Called after events were stored. Must return at once. */
  readonly onCommit?: ((events: number) => void) | undefined;
  /** Operates the deliveries; without it the routes of destinations, deliveries and replays answer 404. */
  readonly delivery?: DeliveryControl | undefined;
  /** Sessions, people and companies; without it their routes answer 404. */
  readonly facts?: FactStore | undefined;
  /**
   * Returns the time of the last backup for /metrics, in Unix milliseconds; null if there is none, undefined if it is unknown.
   */
  readonly lastBackupAt?: (() => Promise<number | null | undefined>) | undefined;
  /** Creates a link for `POST /api/sign-in-links`; without it there is no such route. */
  readonly createSignInLink?: (() => Promise<SignInLink>) | undefined;
  /** Loads the pages, which answer every path that no route has. Called once, by the first such request. */
  readonly loadPages?: (() => Promise<Hono>) | undefined;
  /**
   * True on Cloudflare Workers, where work continues only within the request that started it: every request appends its
   * own event, without group commit; `maxPending` does not apply, and `memoryBudgetBytes` applies to each request.
   * Default false.
   */
  readonly requestScopedIo?: boolean | undefined;
}

/** Finds options of the wrong type at creation, instead of at the first request. @throws ConfigurationError `invalid_option` */
export function checkReceiverOptions(options: ReceiverOptions): void {
  if (typeof options !== "object" || options === null)
    refuseOption("createReceiver takes an object of options");
  // Callers without types may omit it.
  if ((options.store as unknown) === undefined) refuseOption("store is missing");
  checkOptionTypes(options, "store", ["store"]);
  checkOptionTypes(options, "number", [
    "toleranceSeconds",
    "maxBodyBytes",
    "bodyTimeoutMs",
    "memoryBudgetBytes",
    "maxPending",
  ]);
  checkOptionTypes(options, "boolean", ["openMetrics", "requestScopedIo"]);
  checkOptionTypes(options, "function", [
    "now",
    "defer",
    "onCommit",
    "lastBackupAt",
    "createSignInLink",
    "loadPages",
  ]);
  const { onInvalid = "quarantine", adminToken, basePath = "" } = options;
  if (typeof basePath !== "string" || !/^(?:\/[^/?#\s]+)*$/.test(basePath))
    refuseOption("basePath must be a path such as /hooks, without a slash at its end");
  if (onInvalid !== "quarantine" && onInvalid !== "reject")
    refuseOption('onInvalid must be "quarantine" or "reject"');
  const token: unknown = typeof adminToken === "function" ? adminToken() : adminToken;
  if (typeof token !== "string") refuseOption("adminToken must be a text, or a function that returns one");
  if (token === "") refuseOption("The admin token is empty");
}
