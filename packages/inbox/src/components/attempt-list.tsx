import type { Attempt } from "@sessionhook/core";
import { formatCount } from "../format/number.js";
import { formatMilliseconds } from "../format/time.js";
import { ReasonText } from "./reason.js";
import { Time } from "./time.js";
import { VisibleText } from "./visible-text.js";

const names: Readonly<Record<Attempt["outcome"], string>> = {
  delivered: "Delivered",
  skipped: "Skipped",
  retry: "Failed",
  rejected: "Rejected for good",
  blocked: "Blocked: the destination refuses everything",
  paced: "Paced: the destination asked for a pause",
};
/** Attempts of a delivery that are stored at most. */
const mostStored = 100;
const good: ReadonlySet<Attempt["outcome"]> = new Set(["delivered", "skipped"] as const);

/** Renders the attempts of a delivery, newest first. `count` is the number of all, of which some are not stored. */
export function AttemptList({
  attempts,
  count,
  now,
}: {
  readonly attempts: readonly Attempt[];
  readonly count: number;
  readonly now: number;
}) {
  return (
    <section class="panel" aria-labelledby="attempts">
      <h2 id="attempts">Attempts</h2>
      {count > mostStored && (
        <p class="note">The first 20 and the newest 80 of {formatCount(count)} attempts are stored.</p>
      )}
      {attempts.length === 0 ? (
        <p class="note">No attempt has ended yet.</p>
      ) : (
        <ol class="attempts" reversed>
          {attempts.toReversed().map((attempt) => (
            <li value={attempt.number} class={good.has(attempt.outcome) ? "good" : "bad"}>
              <p class="attempt-head">
                <strong>
                  <span class="visually-hidden">Attempt </span>
                  {formatCount(attempt.number)} · {names[attempt.outcome]}
                </strong>
                <span class="note">
                  <Time at={attempt.startedAt} now={now} /> · took {formatMilliseconds(attempt.durationMs)}
                </span>
              </p>
              {attempt.reason !== null && (
                <p>
                  <ReasonText reason={attempt.reason} />
                </p>
              )}
              {attempt.reason?.excerpt !== undefined && attempt.reason.excerpt !== "" && (
                <pre class="body">
                  <VisibleText text={attempt.reason.excerpt} keepLines={true} />
                </pre>
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
