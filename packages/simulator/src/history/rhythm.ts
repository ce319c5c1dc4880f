import { dayWeights, hourWeights } from "../data/history.js";
import type { Place } from "../places.js";
import type { Random } from "../random.js";

export const hour = 3_600_000;
export const day = 24 * hour;

/** The rhythm of a launch: a spike that fades. */
export interface Launch {
  readonly at: number;
  readonly halfLifeMs: number;
}

/** Returns the offset of the time at a place, from its longitude: the zone data of runtimes differ between versions. */
export const offsetOf = (place: Place): number => Math.round(Number(place.longitude) / 15) * hour;

/** Returns hour (0 to 23) and weekday (0: Sunday) of a local time. Faster than a Date, of which planning makes millions. */
function clockOf(local: number): { hours: number; weekday: number } {
  const days = Math.floor(local / day);
  // The first of January 1970 was a Thursday.
  return { hours: Math.floor((local - days * day) / hour), weekday: (((days + 4) % 7) + 7) % 7 };
}

/** Returns how many visits to expect at a local time, relative to other times. */
function liveliness(local: number): number {
  const { hours, weekday } = clockOf(local);
  return (hourWeights[hours] as number) * (dayWeights[weekday] as number);
}

/**
 * Chooses a time in a range by the working day at a place, after a launch by how far it has faded. The range is that of
 * Unix milliseconds, the end excluded.
 */
export function chooseTime(
  random: Random,
  { from, to, place, launch }: { from: number; to: number; place: Place; launch?: Launch | undefined },
): number {
  const begin = Math.max(from, launch?.at ?? from);
  const slots = Math.max(1, Math.ceil((to - begin) / hour));
  const offset = offsetOf(place);
  const weights = Array.from({ length: slots }, (_, slot) => {
    const at = begin + slot * hour;
    const faded = launch === undefined ? 1 : 2 ** -((at - launch.at) / launch.halfLifeMs);
    // The last slot can be shorter than the others.
    return { slot, weight: liveliness(at + offset) * faded * Math.min(1, (to - at) / hour) };
  });
  const { slot } = random.weighted(weights);
  const start = begin + slot * hour;
  return Math.floor(start + random.next() * Math.max(1, Math.min(hour, to - start)));
}

const isWorking = (at: number, place: Place): boolean => {
  const { hours, weekday } = clockOf(at + offsetOf(place));
  return weekday >= 1 && weekday <= 5 && hours >= 9 && hours < 17;
};

/** Returns the next time from `at` on, before `to`, that is between 9 and 17 on a working day at a place; else the last one before. */
export function atWork(at: number, to: number, place: Place): number {
  const week = Array.from({ length: 7 * 24 }, (_, hours) => hours * hour);
  const later = week.map((ms) => at + ms).find((time) => time < to && isWorking(time, place));
  return later ?? week.map((ms) => at - ms).find((time) => time < to && isWorking(time, place)) ?? at;
}
