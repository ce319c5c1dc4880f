import type { IdentitySessionFinalizedEvent } from "@sessionhook/core";

type Data = IdentitySessionFinalizedEvent["data"];

/** Stands for the work of an app with a session: records it for the tests. */
export interface Sessions {
  readonly saved: Map<string, Data>;
  /** Set by a test: what goes wrong while saving. */
  error: Error | undefined;
}

/** Shared by name: a bundler gives the app its own copy of this module. */
const key = Symbol.for("sessionhook.framework-tests.sessions");
const shared = globalThis as { [key]?: Sessions };
export const sessions: Sessions = (shared[key] ??= { saved: new Map(), error: undefined });

export async function saveSession(id: string, data: Data): Promise<void> {
  await Promise.resolve();
  if (sessions.error !== undefined) throw sessions.error;
  sessions.saved.set(id, data);
}
