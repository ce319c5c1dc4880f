import type { ReplayPreview, ReplaySample, ReplaySpec } from "@sessionhook/core";
import type { Clock } from "../clock.js";
import { type Match, nextMatches, type ReplayContext } from "./next-matches.js";

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
  // Each earlier replay can have left a dead letter of an event; a replay sends it once to each destination.
  const counted = new Set<string>();
  for (;;) {
    const found = await nextMatches(context, spec, { position, end }, step);
    const matches =
      spec.kind === "failed" ? found.matches.filter((match) => isFirst(counted, match)) : found.matches;
    matched += matches.length;
    for (const { event, destination } of matches.slice(0, maxSamples - samples.length)) {
      const { id: eventId, type: eventType, receivedAt } = event;
      samples.push({ eventId, eventType, destination, receivedAt });
    }
    if (found.done) return { matched, exact: true, samples };
    if (now() >= until) return { matched, exact: false, samples };
    position = found.position;
  }
}

function isFirst(counted: Set<string>, { event, destination }: Match): boolean {
  const { size } = counted;
  return counted.add(`${destination} ${event.id}`).size > size;
}
