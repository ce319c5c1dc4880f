import { eventOf, type SimulatedType } from "../build-event.js";
import { arrivalBy } from "../channels.js";
import type { Channel } from "../data/channels.js";
import { type Draft, unrecognizedBody } from "../invalid-variants.js";
import type { Random } from "../random.js";
import { type Session, sessionOf } from "../sessions.js";
import type { SimulatedEvent } from "../simulator.js";
import type { PlannedVisit } from "./planned-visit.js";
import type { World } from "./world.js";

export interface HistoryEvent extends SimulatedEvent {
  /** Time of arrival in Unix milliseconds: sign it with this time. */
  readonly receivedAt: number;
}

/** Longest time from the creation of an event to its arrival, in milliseconds. */
export const maxDelay = 3000;

/** Returns the event as a tracker sends it that does not fit the schema yet: the same few errors again and again. */
function olderTracker(random: Random, event: Draft): string {
  const session = event.data["session"] as Record<string, unknown>;
  const roll = random.next();
  if (roll < 0.6) {
    const { width, height } = session["screen"] as { width: number; height: number };
    session["screen"] = { width: String(width), height: String(height) };
  } else if (roll < 0.85) delete session["timezone"];
  else return JSON.stringify(event).slice(0, random.int(900, 1200));
  return JSON.stringify(event);
}

/** Generates a planned visit that starts at a time. */
export function visitOf(random: Random, world: World, visit: PlannedVisit, start: number): Session {
  const channel: Channel = { ...visit.channel, weight: 1 };
  return sessionOf(random, visit.visitor, {
    tenant: world.tenant,
    arrival: arrivalBy(random, channel),
    landing: visit.landing,
    start,
    route: visit.route(random),
  });
}

/** Generates the events of a planned visit. */
export function eventsOf(random: Random, world: World, visit: PlannedVisit): HistoryEvent[] {
  const session = visitOf(random, world, visit, visit.start);
  const build = (type: SimulatedType) => buildFor(random, world, visit, session, type);
  const arriving = (event: { created: number }, simulated: SimulatedEvent): HistoryEvent => ({
    ...simulated,
    receivedAt: event.created + Math.min(maxDelay, Math.round(random.logNormal(180, 0.8))),
  });
  const events: HistoryEvent[] = [];
  const add = (type: SimulatedType) => {
    const event = build(type);
    events.push(arriving(event, { id: event.id, type, body: JSON.stringify(event) }));
  };
  if (visit.firstIdentified) {
    if (random.chance(0.5)) add("identity.resolved");
    if (random.chance(0.25))
      add(random.pick(["identity.enriched", "identity.qualified", "identity.validated"]));
    if (random.chance(0.02)) {
      const event = build("identity.session.finalized");
      const body = olderTracker(random, JSON.parse(JSON.stringify(event)) as Draft);
      events.push(arriving(event, { id: event.id, type: event.type, body }));
    }
    if (random.chance(0.02)) {
      const event = build("identity.session.finalized");
      events.push(arriving(event, { id: event.id, ...unrecognizedBody(random, event as unknown as Draft) }));
    }
  }
  add("identity.session.finalized");
  return events;
}

/** Builds the event of a session of the history. */
export function buildFor(
  random: Random,
  world: World,
  { identified }: PlannedVisit,
  session: Session,
  type: SimulatedType,
) {
  return eventOf(random, (from) => world.anyCompany(from), session, type, identified ? 1 : 0);
}
