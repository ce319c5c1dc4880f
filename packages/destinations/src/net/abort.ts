import type { Outcome } from "@sessionhook/core";

/** Abort reason of attempts that are under way when their destination is closed. */
export class ClosedError extends Error {
  override readonly name = "ClosedError";
}

/** Returns the code of an attempt that was aborted: `closed`, `stopped`, or `timeout`. */
export function abortCode(signal: AbortSignal): string {
  const name = (signal.reason as { readonly name?: unknown } | undefined)?.name;
  if (name === "ClosedError") return "closed";
  return name === "TimeoutError" ? "timeout" : "stopped";
}

/** Returns the outcome of an attempt that failed with this code. `closed` and `stopped` use no attempt. */
export function retryOf(code: string): Outcome {
  const reason = { code };
  return code === "closed" || code === "stopped"
    ? { outcome: "retry", reason, used: false }
    : { outcome: "retry", reason };
}

/** Rejects with the reason of the signal when it is aborted before the promise settles. */
export function beforeAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    void promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
