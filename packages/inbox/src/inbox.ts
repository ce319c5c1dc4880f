import {
  ConfigurationError,
  type DeliveryControl,
  type EventLog,
  type FactStore,
  type PrivacyStore,
  type RandomFill,
} from "@sessionhook/core";
import { Hono } from "hono";
import type { Clock } from "./clock.js";
import { handleError } from "./errors.js";
import { addAssetRoutes } from "./routes/assets.js";
import { addAttributionRoutes } from "./routes/attribution.js";
import { addDeliveryRoutes } from "./routes/deliveries.js";
import { addDestinationRoutes } from "./routes/destinations.js";
import { addEventForms } from "./routes/event-forms.js";
import { addEventRoutes } from "./routes/events.js";
import { addExportRoutes } from "./routes/exports.js";
import { addLiveRoutes } from "./routes/live.js";
import { addNotFoundRoute } from "./routes/not-found.js";
import { addOtherMethods } from "./routes/other-methods.js";
import { addPrivacyRoutes } from "./routes/privacy.js";
import { addQuarantineRoutes } from "./routes/quarantine.js";
import { addReplayRoutes } from "./routes/replays.js";
import { addSessionRoutes } from "./routes/sessions.js";
import { addSignInRoutes, type SignInFailure } from "./routes/sign-in.js";
import { addStatusRoutes } from "./routes/status.js";
import { addSummaryRoutes } from "./routes/summaries.js";
import { defaultCommandLine } from "./components/command.js";
import { pageHeaders } from "./security-headers.js";
import { FailureLimit } from "./session/failure-limit.js";
import { LoginCodes } from "./session/login-codes.js";
import { Sessions } from "./session/sessions.js";
import type { SystemInfo } from "./system-info.js";
import type { FactsOf } from "./visits/event-details.js";

/** Dependencies that the application passes to the inbox. */
export interface InboxOptions {
  /** The store of the events. The inbox only reads it, but for rechecks. */
  readonly store: EventLog;
  /** Operates the deliveries; without it their pages say that nothing is delivered. */
  readonly delivery?: DeliveryControl | undefined;
  /** The derived tables of the store; without them the list of events is the home page. */
  readonly facts?: FactStore | undefined;
  /**
   * `factsOf` of `@sessionhook/core/facts`; without it the pages of sessions, people and companies lack the details that
   * only events have. Passed in, because apps without derived tables would otherwise contain 360 kB of domains.
   */
  readonly factsOf?: FactsOf | undefined;
  /** Finds, exports and erases the data of a person; without it the page explains that the store cannot. */
  readonly privacy?: PrivacyStore | undefined;
  /**
   * The token for signing in; spaces around it are ignored. A function is called for each request. A new token ends every
   * session and every sign-in link.
   */
  readonly adminToken: string | (() => string);
  /**
   * The path below which browsers reach the inbox, such as `/hooks`; default: that of the X-Forwarded-Prefix header, or the
   * root. Used for links, redirects and the cookie; the application that mounts the inbox removes it from requests.
   */
  readonly basePath?: string | undefined;
  /** The clock, in Unix milliseconds; default: `Date.now`. */
  readonly now?: Clock | undefined;
  /** Fills an array with secure random bytes; default: WebCrypto. */
  readonly random?: RandomFill | undefined;
  /** Describes the application on the status page; contains no secret. */
  readonly system?: SystemInfo | undefined;
  /** Called with every error that prevented a page or broke off a download, so that it can be logged. Must not throw. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Called with every failed sign-in, so that it can be logged. Must not throw. */
  readonly onSignInFailure?: ((failure: SignInFailure) => void) | undefined;
}

export interface Inbox {
  /**
   * The pages. Mount them with `route("/", app)` after all other routes: a browser that requests an unknown path gets a page.
   * Other requests for unknown paths get the 404 of the application, and other methods of the paths of the inbox 405.
   */
  readonly app: Hono;
  /**
   * Creates a sign-in link that works once, within 15 minutes, and returns its path and query. It is in the memory of this
   * process only; the 16 newest are valid.
   */
  createLoginPath(): string;
  /** Creates such a link; returns its path and query without the base path, and its expiry in Unix milliseconds. */
  createSignInLink(): { readonly path: string; readonly expiresAt: number };
}

/**
 * Creates the inbox: server-rendered pages that list and show the events of a store.
 *
 * @throws ConfigurationError `invalid_option` if the admin token is empty
 */
export function createInbox(options: InboxOptions): Inbox {
  const token = options.adminToken;
  const adminToken = () => (typeof token === "function" ? token() : token).trim();
  if (adminToken() === "") {
    throw new ConfigurationError("invalid_option", "The inbox needs an admin token that is not empty");
  }
  const now = options.now ?? Date.now;
  const random: RandomFill = options.random ?? ((bytes) => crypto.getRandomValues(bytes));
  const sessions = new Sessions(adminToken, now, random);
  const codes = new LoginCodes(adminToken, now, random);
  const { basePath = "" } = options;
  const { commandLine = () => defaultCommandLine } = options.system ?? {};
  const headers = pageHeaders({ basePath, hasFacts: options.facts !== undefined, commandLine });

  const app = new Hono();
  app.onError((error, c) => handleError(error, c, options.onError));
  addAssetRoutes(app);
  const failed = options.onSignInFailure ?? (() => undefined);
  addSignInRoutes(app, { adminToken, sessions, codes, limit: new FailureLimit(now), headers, failed });
  const { delivery, facts, factsOf } = options;
  addEventRoutes(app, { store: options.store, delivery, sessions, now, headers });
  const factParts = { facts, factsOf, store: options.store, delivery, sessions, now, headers };
  addSessionRoutes(app, factParts);
  addSummaryRoutes(app, factParts);
  addLiveRoutes(app, factParts);
  addAttributionRoutes(app, factParts);
  addQuarantineRoutes(app, factParts);
  const report = options.onError ?? (() => undefined);
  addExportRoutes(app, { ...factParts, report });
  addStatusRoutes(app, { ...factParts, system: options.system ?? {}, report });
  const parts = { delivery, sessions, now, headers };
  addEventForms(app, { ...parts, store: options.store });
  addDeliveryRoutes(app, parts);
  addDestinationRoutes(app, parts);
  addReplayRoutes(app, parts);
  addPrivacyRoutes(app, { privacy: options.privacy, sessions, now, headers, report });
  addOtherMethods(app, { sessions, headers, basePath });
  addNotFoundRoute(app, { sessions, headers });
  const createSignInLink = () => {
    const { code, expiresAt } = codes.create();
    return { path: `/login/once?code=${code}`, expiresAt };
  };
  return { app, createSignInLink, createLoginPath: () => basePath + createSignInLink().path };
}
