import { clientOf, log } from "@sessionhook/ingest";
import type { Metrics } from "./metrics.js";

/**
 * The reason why a sign-in failed. `no_token`: a request to the API or /metrics without a token; `wrong_token`: to these or
 * in the form; `too_many`: in the form, after many in the same minute; `used_link`: a one-time link that was used, is too
 * old or incomplete; `other_site`: a form that another site sent.
 */
export type SignInFailureReason = "no_token" | "wrong_token" | "too_many" | "used_link" | "other_site";

/** Takes note of a failed sign-in. `env` is what the server passed with the request. */
export type SignInFailed = (reason: SignInFailureReason, request: Request, env: unknown) => void;

/** Returns a function that logs and counts failed sign-ins, without what was tried. */
export function signInFailures(metrics: Metrics): SignInFailed {
  return (reason, { headers }, env) => {
    metrics.signInFailed(reason);
    log.warn("sign-in failed", { reason, ...clientOf((name) => headers.get(name) ?? undefined, env) });
  };
}
