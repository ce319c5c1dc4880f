import type { DeliveryItem, Destination, Outcome } from "@sessionhook/core";
import type { Clock } from "../clock.js";

/** Time that a driver has to return after its signal was aborted. */
export const graceMs = 2000;

export interface SendLimits {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Time that a driver has to return after its signal was aborted. */
  readonly graceMs: number;
  /** Aborted to end the attempt early: the process stops, or the lease is lost. */
  readonly signal: AbortSignal;
}

export interface Sent {
  readonly outcomes: readonly Outcome[];
  /** True if the driver has not returned in time; it may still be running. */
  readonly abandoned: boolean;
}

/**
 * Sends items and returns one outcome for each, even if the driver throws, returns something else, or never returns.
 * Resolves after the timeout and the grace time at the latest.
 */
export function sendWithin(
  driver: Pick<Destination, "send">,
  items: readonly DeliveryItem[],
  { clock, timeoutMs, graceMs, signal }: SendLimits,
): Promise<Sent> {
  const controller = new AbortController();
  return new Promise((resolve) => {
    let ended = false;
    let cancel = clock.after(timeoutMs, () => end("timeout"));
    const stop = () => end("stopped");

    const finish = (outcomes: readonly Outcome[], abandoned: boolean) => {
      if (ended) return;
      ended = true;
      cancel();
      signal.removeEventListener("abort", stop);
      resolve({ outcomes, abandoned });
    };
    const failAll = (code: string) => items.map(() => failure(code));
    let interrupted: string | undefined;
    const end = (code: "timeout" | "stopped") => {
      if (ended || interrupted !== undefined) return;
      interrupted = code;
      cancel();
      cancel = clock.after(graceMs, () => finish(failAll(code), true));
      controller.abort(
        new DOMException(`Attempt ended: ${code}`, code === "timeout" ? "TimeoutError" : "AbortError"),
      );
    };

    if (signal.aborted) return finish(failAll("stopped"), false);
    signal.addEventListener("abort", stop);
    call(driver, items, { signal: controller.signal, now: clock.now }).then(
      (outcomes) => finish(checked(outcomes, items.length), false),
      // The message of a driver's error is dropped: it can contain addresses, secrets and personal data.
      () => finish(failAll(interrupted ?? "driver_error"), false),
    );
  });
}

/** Turns a synchronous exception of a driver into a rejection. */
async function call(
  driver: Pick<Destination, "send">,
  ...args: Parameters<Destination["send"]>
): Promise<unknown> {
  return driver.send(...args);
}

const stoppedCode = "stopped";

/** Returns the outcome of a failed attempt; one that the process stopped itself is not a failure of the destination. */
function failure(code: string): Outcome {
  return code === stoppedCode
    ? { outcome: "retry", reason: { code }, used: false }
    : { outcome: "retry", reason: { code } };
}

const known: ReadonlySet<unknown> = new Set([
  "delivered",
  "skipped",
  "retry",
  "rejected",
  "blocked",
  "paced",
] satisfies Outcome["outcome"][]);

function checked(outcomes: unknown, count: number): readonly Outcome[] {
  const list: readonly unknown[] = Array.isArray(outcomes) ? outcomes : [];
  return Array.from({ length: count }, (_, i) => {
    const outcome = list[i];
    const valid =
      typeof outcome === "object" && outcome !== null && "outcome" in outcome && known.has(outcome.outcome);
    return valid ? complete(outcome as Outcome) : failure("invalid_outcome");
  });
}

/** Completes an outcome: a driver in JavaScript can omit fields that the types require. */
function complete(outcome: Outcome): Outcome {
  if (outcome.outcome === "delivered") return outcome;
  const reason = typeof outcome.reason?.code === "string" ? outcome.reason : { code: outcome.outcome };
  switch (outcome.outcome) {
    case "retry":
      return { ...outcome, reason, after: finite(outcome.after) };
    case "blocked":
      return { ...outcome, reason, until: finite(outcome.until) };
    case "paced":
      return finite(outcome.until) === undefined ? { outcome: "retry", reason } : { ...outcome, reason };
    default:
      return { ...outcome, reason };
  }
}

function finite(time: number | undefined): number | undefined {
  return Number.isFinite(time) ? time : undefined;
}
