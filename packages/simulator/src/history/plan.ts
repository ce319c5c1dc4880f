import { type Campaign, campaigns, organic, returning } from "../data/history.js";
import { places } from "../places.js";
import type { Visitor } from "../population.js";
import { Random } from "../random.js";
import { longestVisit } from "../sessions.js";
import { planJourney } from "./journey.js";
import type { PlannedVisit } from "./planned-visit.js";
import { chooseTime, day, hour } from "./rhythm.js";
import { pageAt, pageOfInterest, walkOfInterest } from "./routes.js";
import type { World } from "./world.js";

/** Shares of the sessions. */
const botShare = 0.05;
const campaignShare = 0.42;
/** Shares of the visitors. */
const personShare = 0.62;
const freemailShare = 0.09;
const returningShare = 0.42;
const maxVisits = 9;

interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Plan {
  readonly world: World;
  /** In order of their start. */
  readonly visits: readonly PlannedVisit[];
}

/** Plans a number of sessions in a range, in order of their start. */
export function planVisits(world: World, seed: string, range: Range, sessions: number): PlannedVisit[] {
  const planned: PlannedVisit[] = [];
  if (sessions >= 100 && range.to - range.from > 6.5 * day)
    planned.push(...planJourney(world, seed, range.from, range.to));
  planned.push(...planBots(world, seed, range, Math.round(sessions * botShare)));
  for (let index = 0; planned.length < sessions; index++) {
    // Some have begun before the history: it starts with visitors who return.
    const visits = planVisitor(world, new Random(`${seed}/visitor/${index}`), range, 6 * day).filter(
      ({ start }) => start >= range.from,
    );
    planned.push(...visits.slice(0, sessions - planned.length));
  }
  return planned.toSorted((a, b) => a.start - b.start);
}

function planBots(world: World, seed: string, { from, to }: Range, sessions: number): PlannedVisit[] {
  const random = new Random(`${seed}/bots`);
  const bots = Array.from({ length: Math.min(14, sessions) }, () => world.bot(random, from));
  const spacing = (to - from) / Math.max(1, sessions);
  return Array.from({ length: sessions }, (_, index) => {
    const landing = random.pick(world.site.pages);
    return {
      visitor: bots[index % bots.length] as Visitor,
      // Day and night. One bot visits after the other, so that the sessions of none overlap.
      start: Math.floor(from + (index + random.decimal(0, 0.5)) * spacing),
      channel: { referrers: [null] },
      landing,
      route: () => undefined,
      identified: false,
      firstIdentified: false,
    };
  });
}

/**
 * Plans the visits of a new visitor: one, or several with a growing interest.
 * @param beforeMs how long before the range the first visit can be
 */
export function planVisitor(world: World, random: Random, range: Range, beforeMs = 0): PlannedVisit[] {
  const { to } = range;
  const { visitor, loyalty } = newVisitor(world, random, range.from - beforeMs);
  const count = random.chance(loyalty) ? Math.min(maxVisits, 2 + Math.floor(random.logNormal(0.9, 0.9))) : 1;
  // Many are anonymous first.
  const identifiedFrom = count > 1 && random.chance(0.6) ? random.int(1, count - 1) : 0;
  const { start, channel, landing } = firstVisit(world, random, visitor, range, beforeMs);
  const eager = random.next() * 0.6;
  const visits: PlannedVisit[] = [];
  let at = start;
  for (let index = 0; index < count && at < to; index++) {
    const interest = count === 1 ? eager : Math.min(1, (index + eager) / (count - 1 + eager));
    const back = index > 0;
    visits.push({
      visitor,
      start: at,
      channel: back ? random.weighted(returning) : channel,
      landing: back ? pageOfInterest(random, world.site, interest) : landing,
      route: (own) => walkOfInterest(own, world.site, interest),
      identified: visitor.person !== null && index >= identifiedFrom,
      firstIdentified: visitor.person !== null && index === identifiedFrom,
    });
    const earliest = at + longestVisit + hour;
    const latest = at + Math.max(day, 2 * random.logNormal(2.2, 0.7) * day);
    at = chooseTime(random, { from: earliest, to: latest, place: visitor.place });
  }
  return visits;
}

function newVisitor(world: World, random: Random, since: number) {
  const employer = world.anyCompany(random);
  const known = random.chance(personShare);
  const freemail = known && random.chance(freemailShare);
  const place = random.chance(0.8) && !freemail ? employer.place : random.weighted(places);
  const person = !known
    ? null
    : freemail
      ? world.privatePerson(random, place)
      : world.person(random, employer, place);
  return { visitor: world.visitor(random, place, person, since), loyalty: known ? returningShare : 0.25 };
}

function firstVisit(world: World, random: Random, { place }: Visitor, range: Range, beforeMs: number) {
  const campaign = random.chance(campaignShare) ? random.weighted(campaigns) : undefined;
  const launch = launchOf(campaign, range);
  const start = chooseTime(random, { from: range.from - beforeMs, to: range.to, place, launch });
  if (campaign === undefined)
    return { start, channel: random.weighted(organic), landing: pageOfInterest(random, world.site, 0) };
  return { start, channel: campaign.channel, landing: pageAt(world.site, random.pick(campaign.landing)) };
}

function launchOf(campaign: Campaign | undefined, { from, to }: Range) {
  if (campaign?.launch === undefined) return undefined;
  return { at: from + campaign.launch * (to - from), halfLifeMs: (campaign.halfLifeHours ?? 24) * hour };
}
