import { type Arrival, makeArrival } from "./channels.js";
import { timedId } from "./ids.js";
import { type Population, slotLength, type Visitor } from "./population.js";
import type { Random } from "./random.js";
import type { Page, Site } from "./sites.js";

const minute = 60_000;
/** A session is finalized when its visitor was inactive for this time. */
const silence = 30 * minute;
const longest = 60 * minute;
/** Longest time from the start of a visit to its finalized session. */
export const longestVisit = longest + silence + 5 * minute;
const tracker = "2.4.1";

type Props = Record<string, string | number | boolean>;

/** An alias, not an interface, so that generated declarations can inline it. */
type PageEvent = {
  signal: string;
  url: string;
  ts: number;
  v: string;
  title: string | null;
  ref: string | null;
  outlink: string | null;
  props: Props | null;
};

interface Reaction {
  readonly signal: string;
  readonly outlink?: string;
  readonly props: Props;
}

const submit = (random: Random, site: Site): Reaction => ({
  signal: "form_submit",
  props: { form: site.form, fields: random.int(1, 6), valid: true },
});

/** Returns an interaction of a visitor with a page, or none. */
function reaction(random: Random, visitor: Visitor): Reaction | null {
  const { site } = visitor;
  const roll = random.next();
  if (roll < 0.16)
    return { signal: "click", props: { text: random.pick(site.buttons), x: random.int(20, 1100) } };
  if (roll < 0.24) return { signal: "scroll_depth", props: { percent: random.pick([25, 50, 75, 90, 100]) } };
  if (roll < 0.28) return submit(random, site);
  if (roll < 0.31) {
    return { signal: "outlink", outlink: "https://status.example/", props: { target: "_blank" } };
  }
  return null;
}

/** Decides which pages a visitor sees after the landing page. */
export interface Route {
  /** Number of pages, the landing page included. */
  readonly views: number;
  next(page: Page, view: number): Page;
  /** The visitor submits the form of the site on the last page. */
  readonly submits?: boolean;
}

function wander(random: Random, { bot, site }: Visitor): Route {
  return {
    views: bot !== null ? 1 : Math.max(1, Math.min(16, Math.round(random.logNormal(3.2, 0.75)))),
    next: (page) => random.pick(site.pages.filter((other) => other !== page)),
  };
}

function walk(
  random: Random,
  visitor: Visitor,
  {
    landing,
    landingPage,
    referrer,
    start,
    route: given,
  }: Omit<Visit, "arrival" | "tenant"> & {
    readonly landingPage: string;
    readonly referrer: string | null;
  },
) {
  const { site, bot } = visitor;
  const events: PageEvent[] = [];
  const titled = random.chance(0.9);
  let page = landing;
  let url = landingPage;
  let ref = referrer;
  let ts = start;
  const add = (signal: string, outlink: string | null, props: Props | null) =>
    events.push({ signal, url, ts, v: tracker, title: titled ? page.title : null, ref, outlink, props });
  const route = given ?? wander(random, visitor);
  for (let view = 0; view < route.views; view++) {
    add("page_view", null, null);
    const submits = route.submits === true && view === route.views - 1;
    const step = bot !== null ? null : submits ? submit(random, site) : reaction(random, visitor);
    if (step !== null) {
      ts += Math.round(random.logNormal(9000, 0.7));
      if (ts - start > longest) break;
      add(step.signal, step.outlink ?? null, step.props);
    }
    ts += Math.round(Math.max(900, random.logNormal(24_000, 1)));
    if (ts - start > longest) break;
    const next = route.next(page, view + 1);
    ref = url;
    url = site.origin + next.path;
    page = next;
  }
  return events;
}

/** A visit to be made. */
export interface Visit {
  readonly tenant: string;
  readonly arrival: Arrival;
  readonly landing: Page;
  /** Unix milliseconds. The session is finalized at most `longestVisit` later. */
  readonly start: number;
  /** Default: a random walk. */
  readonly route?: Route | undefined;
}

/** Creates a visit of a random visitor in one of its free slots. */
export function makeSession(random: Random, population: Population, identified: boolean) {
  const { visitor, slotEnd } = population.visit(random, identified);
  const { site } = visitor;
  const arrival = makeArrival(random);
  const landing = random.chance(0.45) ? (site.pages[0] as Page) : random.pick(site.pages);
  const start = slotEnd - slotLength + random.int(0, slotLength - longestVisit - minute);
  return sessionOf(random, visitor, { tenant: population.tenant, arrival, landing, start });
}

/** Creates a visit: the data of all event types, and the data of the finalized session only. Times are Unix milliseconds. */
export function sessionOf(random: Random, visitor: Visitor, visit: Visit) {
  const { site, network, place, device } = visitor;
  const { arrival, landing, start } = visit;
  const { referrer } = arrival;
  const landingPage = site.origin + landing.path + arrival.query;
  const createdAt = start - random.int(20, 400);
  const events = walk(random, visitor, { ...visit, landingPage, referrer });
  const last = events.at(-1)?.ts ?? start;
  const endedAt = random.maybe(0.7, last + random.int(0, 4000));
  const sessionEndedAt = endedAt ?? last;
  const options = random.chance(0.75) ? {} : { consent: random.pick(["granted", "implied"]), debug: false };
  const common = {
    pid: site.pid,
    vid: visitor.vid,
    sid: timedId("ses_", createdAt, random),
    tenant: random.maybe(0.95, visit.tenant),
    createdAt,
  };
  const shared = {
    utm: arrival.utm,
    referrer,
    landingPage,
    landingTitle: events[0]?.title ?? null,
    gclid: arrival.gclid,
    fbclid: arrival.fbclid,
    userAgent: device.userAgent,
    screen: device.screen,
    timezone: visitor.bot === null ? place.timezone : "UTC",
    network,
  };
  return {
    visitor,
    sessionEndedAt,
    finalizedAt: sessionEndedAt + silence + random.int(0, 4 * minute),
    last,
    events,
    /** The session before it has ended. */
    running: { ...common, endedAt: null, ...shared, options },
    finalized: { ...common, lastActivity: last, endedAt, ...shared, events, options },
  };
}

export type Session = ReturnType<typeof sessionOf>;
