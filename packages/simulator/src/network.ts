import type { Bot } from "./data/devices.js";
import type { Place } from "./places.js";
import type { Random } from "./random.js";

/** Documentation ranges (RFC 5737, RFC 3849), so that no generated address belongs to a real host. */
function address(random: Random): string {
  if (random.chance(0.25)) {
    const groups = Array.from({ length: 5 }, () => random.int(1, 0xffff).toString(16));
    return `2001:db8:${groups.join(":")}:${random.int(1, 0xffff).toString(16)}`;
  }
  return `${random.pick(["192.0.2", "198.51.100", "203.0.113"])}.${random.int(1, 254)}`;
}

const proxies: readonly (readonly [number, string])[] = [
  [22616, "ZSCALER, INC."],
  [13335, "Cloudflare, Inc."],
];

/** Creates the network of one visitor as an edge provider sees it. All sessions of the visitor use it. */
export function makeNetwork(random: Random, place: Place, bot: Bot | null) {
  const { country } = place;
  const proxy = bot === null && random.chance(0.06);
  const [code, name] = bot?.asn ?? (proxy ? random.pick(proxies) : random.pick(country.networks));
  const located = random.chance(0.93);
  const scored = random.chance(0.7);
  return {
    ip: random.maybe(0.97, address(random)),
    country: country.code,
    city: located ? place.city : null,
    region: located ? place.region : null,
    regionCode: located ? place.regionCode : null,
    postalCode: located ? random.maybe(0.75, place.postalCode) : null,
    latitude: place.latitude,
    longitude: place.longitude,
    continent: country.continent,
    asn: { code, name },
    colo: place.colo,
    metroCode: located ? place.metroCode : null,
    isEU: country.isEU,
    botManagement: {
      score: bot !== null ? 1 : scored ? random.int(62, 99) : null,
      verifiedBot: bot !== null ? true : scored ? false : null,
      corporateProxy: scored || bot !== null ? proxy : null,
      verifiedBotCategory: bot?.category ?? null,
    },
  };
}
