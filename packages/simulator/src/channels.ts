import { type Channel, channels } from "./data/channels.js";
import { opaqueId } from "./ids.js";
import type { Random } from "./random.js";

/** The channel through which a visitor reached the site: values that must be consistent with each other. */
export interface Arrival {
  readonly referrer: string | null;
  readonly utm: {
    readonly source: string | null;
    readonly medium: string | null;
    readonly campaign: string | null;
    readonly term: string | null;
    readonly content: string | null;
  };
  readonly gclid: string | null;
  readonly fbclid: string | null;
  /** Query string of the landing page, with its question mark, or empty. */
  readonly query: string;
}

/** Chooses how a visitor arrives, with the shares of a typical business site. */
export const makeArrival = (random: Random): Arrival => arrivalBy(random, random.weighted(channels));

/** Creates an arrival through a channel. */
export function arrivalBy(random: Random, channel: Channel): Arrival {
  const some = (values: readonly string[] | undefined, probability: number) =>
    values === undefined ? null : random.maybe(probability, random.pick(values));
  const utm = {
    source: channel.source ?? null,
    medium: channel.medium ?? null,
    campaign: some(channel.campaigns, 1),
    term: some(channel.terms, 0.7),
    content: some(channel.contents, 0.6),
  };
  const gclid = channel.click === "gclid" ? opaqueId(`Cj0KCQiA`, random.int(70, 86), random) : null;
  const fbclid = channel.click === "fbclid" ? opaqueId("IwY2xjaw", random.int(60, 90), random) : null;
  const parts = Object.entries({
    utm_source: utm.source,
    utm_medium: utm.medium,
    utm_campaign: utm.campaign,
    utm_term: utm.term,
    utm_content: utm.content,
    gclid,
    fbclid,
  }).flatMap(([name, value]) => (value === null ? [] : [`${name}=${encodeURIComponent(value)}`]));
  const query = parts.length === 0 ? "" : `?${parts.join("&")}`;
  return { referrer: random.pick(channel.referrers), utm, gclid, fbclid, query };
}
