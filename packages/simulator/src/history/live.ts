import { returning } from "../data/history.js";
import { Random } from "../random.js";
import { buildFor, type HistoryEvent, visitOf } from "./events.js";
import { type Plan, planVisitor } from "./plan.js";
import type { PlannedVisit } from "./planned-visit.js";
import { day, hour } from "./rhythm.js";
import { pageOfInterest, walkOfInterest } from "./routes.js";

/** Longest time from the end of a session to the creation of its event, with a margin for the arrival. */
const delay = 2600;
const returningShare = 0.6;

/** Creates the generator of sessions after the end of a history. The plan is made when the first one is needed. */
export function liveSessions(key: string, makePlan: () => Plan): (now: number) => HistoryEvent {
  let plan: (Plan & { readonly lastStart: Map<string, number> }) | undefined;
  let count = 0;
  return (now) => {
    if (plan === undefined) {
      const made = makePlan();
      plan = { ...made, lastStart: new Map(made.visits.map(({ visitor, start }) => [visitor.vid, start])) };
    }
    const own = `${key}/live/${count++}`;
    const visit = chooseVisit(new Random(`${own}/visit`), plan, now);
    plan.lastStart.set(visit.visitor.vid, now);
    // Generated twice from the same stream: the first time to know how long it lasts.
    const length = visitOf(new Random(own), plan.world, visit, now).finalizedAt - now;
    const random = new Random(own);
    const session = visitOf(random, plan.world, visit, now - delay - length);
    const event = buildFor(random, plan.world, visit, session, "identity.session.finalized");
    return { id: event.id, type: event.type, body: JSON.stringify(event), receivedAt: now };
  };
}

function chooseVisit(
  random: Random,
  { world, visits, lastStart }: Plan & { readonly lastStart: ReadonlyMap<string, number> },
  now: number,
): PlannedVisit {
  const rested = ({ visitor }: PlannedVisit) => (lastStart.get(visitor.vid) ?? 0) < now - 4 * hour;
  const earlier = Array.from({ length: 8 }, () => random.pick(visits)).find(
    (visit) => visit.visitor.bot === null && rested(visit),
  );
  if (earlier === undefined || !random.chance(returningShare)) {
    const [first] = planVisitor(world, random, { from: now - day, to: now });
    return first as PlannedVisit;
  }
  const { visitor } = earlier;
  const interest = 0.3 + 0.7 * random.next();
  return {
    visitor,
    start: now,
    channel: random.weighted(returning),
    landing: pageOfInterest(random, world.site, interest),
    route: (own) => walkOfInterest(own, world.site, interest),
    identified: visitor.person !== null,
    firstIdentified: false,
  };
}
