import type { ReplayPreview, ReplaySample, ReplaySpec } from "@sessionhook/core";
import type { Clock } from "../clock.js";
import { nextMatches, type ReplayContext } from "./next-matches.js";

const maxSamples = 10;
const step = 1000;

/**
 * Counts the deliveries that a replay would create, without creating them. Stops counting after the budget.
 * @throws FilterError if `when` is invalid
 */
export async function dryRun(
  context: ReplayContext,
  spec: ReplaySpec,
  { now }: Pick<Clock, "now">,
  budgetMs: number,
): Promise<ReplayPreview> {
  const until = now() + budgetMs;
  const samples: ReplaySample[] = [];
  let matched = 0;
  const end = await context.store.replayEnd(spec.destinations);
  let position: string | null = null;
  for (;;) {
    const found = await nextMatches(context, spec, { position, end }, step);
    matched += found.matches.length;
    for (const { event, destination } of found.matches.slice(0, maxSamples - samples.length)) {
      const { id: eventId, type: eventType, receivedAt } = event;
      samples.push({ eventId, eventType, destination, receivedAt });
    }
    if (found.done) return { matched, exact: true, samples };
    if (now() >= until) return { matched, exact: false, samples };
    position = found.position;
  }
}
