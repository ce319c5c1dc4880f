import { clientOf, log, LogLimit } from "@sessionhook/ingest";

/** Every reason why a sign-in can fail. */
export const signInFailureReasons = [
  "no_token",
  "wrong_token",
  "too_many",
  "used_link",
  "other_site",
] as const;

/**
 * The reason why a sign-in failed. `no_token`: a request to the API or /metrics without a token; `wrong_token`: to these or
 * in the form; `too_many`: in the form, after many in the same minute; `used_link`: a one-time link that was used, is too
 * old or incomplete; `other_site`: a form that another site sent.
 */
export type SignInFailureReason = (typeof signInFailureReasons)[number];

export interface SignInMetrics {
  /** Counts a failed sign-in by its reason. */
  signInFailed(reason: SignInFailureReason): void;
}

/** Takes note of a failed sign-in. `env` is what the server passed with the request. */
export type SignInFailed = (reason: SignInFailureReason, request: Request, env: unknown) => void;

/**
 * Returns a function that counts failed sign-ins and logs them within a limit, without what was tried.
 * @param now Unix milliseconds
 */
export function signInFailures(metrics: SignInMetrics, now: () => number): SignInFailed {
  const limit = new LogLimit(now);
  return (reason, { headers }, env) => {
    metrics.signInFailed(reason);
    const { logged, omitted } = limit.next(reason);
    if (omitted > 0) log.warn("further sign-ins failed", { reason, times: omitted });
    if (logged)
      log.warn("sign-in failed", { reason, ...clientOf((name) => headers.get(name) ?? undefined, env) });
  };
}
