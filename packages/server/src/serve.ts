import type { App } from "@sessionhook/app";

/** A running HTTP listener. */
export interface Listener {
  readonly port: number;
  /** Stops accepting connections, lets running requests finish for at most `graceMs`, then closes every connection. */
  stop(graceMs: number): Promise<void>;
}

/** The handlers that a runtime serves. */
export type Served = Pick<App, "fetch" | "intake">;

export interface ListenOptions {
  readonly hostname: string;
  readonly port: number;
  /** Time for which an idle connection stays open after an answer. */
  readonly keepAliveSeconds: number;
}

/** Serves an app on a runtime. Rejects if it cannot listen. */
export type Serve = (app: Served, options: ListenOptions) => Promise<Listener>;
