import { networkReason } from "../http.js";
import type { Shell } from "../shell.js";
import { unreachable } from "../unreachable.js";
import { deliver, type Message, type Outcome, type Target } from "./send-message.js";
import { Pacer } from "./pacer.js";
import type { Tally } from "./tally.js";

export interface RunOptions {
  readonly shell: Shell;
  readonly target: Target;
  readonly next: () => Message;
  readonly count: number;
  readonly concurrency: number;
  /** Maximum events per second; Infinity for no limit. */
  readonly rate: number;
  readonly tally: Tally;
  readonly onOutcome: (outcome: Outcome) => void;
}

/** Events in a row that were answered with 503 at each attempt, besides those sent at the same time. */
const mostRefused = 10;

/**
 * Sends `count` events and resolves when all have a response, or when interrupted. Stops early if the server disappears or takes
 * none.
 * @throws CliError `unreachable` if no event got a response because no server listens
 */
export async function run(options: RunOptions): Promise<void> {
  const { target, tally } = options;
  const pacer = new Pacer(options.rate);
  let started = 0;
  let gone: unknown;
  let refused = 0;
  const givenUp = () => gone !== undefined || refused >= mostRefused + options.concurrency;
  const worker = async () => {
    while (started < options.count && !givenUp()) {
      // Decremented before the wait: several workers must not start the same last event.
      started++;
      if (!(await pacer.turn(target.interrupted)) || givenUp()) return;
      const outcome = await deliver(target, options.next());
      if (outcome.error !== undefined && isGone(outcome.error)) gone = outcome.error;
      refused = outcome.httpStatus === 503 ? refused + 1 : 0;
      tally.add(outcome);
      options.onOutcome(outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.concurrency, options.count) }, worker));
  tally.stop();
  if (gone !== undefined && tally.acknowledged === 0) throw unreachable(options.shell, target.url, gone);
}

function isGone(error: unknown): boolean {
  return ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"].includes(
    networkReason(error),
  );
}
