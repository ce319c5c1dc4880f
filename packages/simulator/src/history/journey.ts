import { companySizes } from "../data/companies.js";
import { type Industry, industries } from "../data/industries.js";
import { journey, journeyCompany, journeyTitles } from "../data/journey.js";
import { type Place, places } from "../places.js";
import { Random } from "../random.js";
import type { Visitor } from "../population.js";
import { longestVisit } from "../sessions.js";
import type { PlannedVisit } from "./planned-visit.js";
import { atWork, hour } from "./rhythm.js";
import { pageAt, walkAlong } from "./routes.js";
import type { World } from "./world.js";

const minute = 60_000;

/** Plans the visits of one company, whose people return until one of them books a demo; the range has at least a week. */
export function planJourney(world: World, seed: string, from: number, to: number): PlannedVisit[] {
  const random = new Random(`${seed}/journey`);
  const place = places.find(({ city }) => city === journeyCompany.city) as Place;
  const company = world.company(random, place, {
    name: journeyCompany.name,
    industry: industries.find(({ name }) => name === journeyCompany.industry) as Industry,
    size: companySizes[2],
    known: 1,
  });
  const visitors = journeyTitles.map((title) => {
    const made = world.person(random, company, place, { title, known: 1 });
    return world.visitor(random, place, made, from);
  });
  const lastOf = new Map<number, number>();
  const met = new Set<number>();
  let last = from;
  return journey.map(({ who, at, channel, paths, identified = true, submits = false }) => {
    const planned = Math.floor(from + at * (to - from)) + random.int(0, 40) * minute;
    const earliest = Math.max(last + 5 * minute, (lastOf.get(who) ?? 0) + longestVisit + hour);
    last = Math.max(earliest, atWork(planned, to, place));
    lastOf.set(who, last);
    const firstIdentified = identified && !met.has(who);
    if (identified) met.add(who);
    return {
      visitor: visitors[who] as Visitor,
      start: last,
      channel,
      landing: pageAt(world.site, paths[0] as string),
      route: () => walkAlong(world.site, paths, submits),
      identified,
      firstIdentified,
    };
  });
}
