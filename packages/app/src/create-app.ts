import { getLogger } from "@logtape/logtape";
import type { PrivacyStore } from "@sessionhook/core";
import type { Inbox, InboxOptions, SystemInfo } from "@sessionhook/inbox";
import { describeError, type Intake, loadOnce } from "@sessionhook/ingest";
import { createReceiver, type Receiver, type ReceiverOptions } from "@sessionhook/receiver";

const log = getLogger(["sessionhook", "app"]);

/** The store, the signing secrets, the admin token and the limits of one app; `readSettings` supplies most of them. */
export interface AppOptions extends Omit<ReceiverOptions, "createSignInLink" | "lastBackupAt" | "loadPages"> {
  /** Describes the app on the status page; contains no secret. */
  readonly system?: SystemInfo | undefined;
  /** The personal data of the store, for its page; undefined where the store cannot export and erase it. */
  readonly privacy?: PrivacyStore | undefined;
  /** Imports `factsOf` of `@sessionhook/core/facts` when the pages are loaded; needed where `facts` is given. */
  readonly loadFactsOf?: (() => Promise<InboxOptions["factsOf"]>) | undefined;
}

export interface App {
  /** Answers every request: messages, pages, API, health and metrics. */
  readonly fetch: Receiver["fetch"];
  /** `POST /webhooks` for servers that have a faster way to read a request than a web `Request`. */
  readonly intake: Intake;
  /** Loads the code of API and pages, which otherwise the first request to them does. */
  preload(): Promise<void>;
  /** Creates the path of a sign-in link that works once, within 15 minutes. */
  createLoginPath(): Promise<string>;
  /** Waits until every received message is durable. Stop listening first, close the store afterwards. */
  drain(): Promise<void>;
}

/**
 * Connects store, receiver and inbox. Every runtime app calls it.
 * @throws ConfigurationError `invalid_option` for an empty admin token
 */
export function createApp(options: AppOptions): App {
  const onError = (error: unknown) =>
    log.error("a page or a download could not be completed", describeError(error));
  /** Not before the app listens: the pages are a third of the code. */
  const loaded = loadOnce(async (): Promise<Inbox> => {
    const { createInbox } = await import("@sessionhook/inbox");
    return createInbox({
      store: options.store,
      delivery: options.delivery,
      facts: options.facts,
      factsOf: await options.loadFactsOf?.(),
      privacy: options.privacy,
      adminToken: options.adminToken,
      basePath: options.basePath,
      now: options.now,
      system: { checkWritable: options.writer?.checkWritable?.bind(options.writer), ...options.system },
      onError,
      onSignInFailure: ({ reason, request, env }) => receiver.signInFailed(reason, request, env),
    });
  });
  const receiver = createReceiver({
    ...options,
    lastBackupAt: options.system?.lastBackupAt,
    createSignInLink: async () => (await loaded()).createSignInLink(),
    loadPages: async () => (await loaded()).app,
  });
  return {
    fetch: receiver.fetch,
    intake: receiver.intake,
    preload: async () => void (await receiver.preload()),
    createLoginPath: async () => (await loaded()).createLoginPath(),
    drain: () => receiver.drain(),
  };
}
