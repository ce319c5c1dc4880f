import { companySizes, investorNames, investorSuffixes } from "./data/companies.js";
import type { Fakers } from "./fakers.js";
import { slug } from "./ids.js";
import { type Industry, industries } from "./data/industries.js";
import type { Place } from "./places.js";
import type { Random } from "./random.js";

const day = 86_400_000;

const growth = (random: Random, spread: number) => random.decimal(-spread, spread * 1.6);
const round = (value: number, to: number) => Math.max(to, Math.round(value / to) * to);

function money(random: Random, size: (typeof companySizes)[number], age: number) {
  const totalRaisedUsd = round(random.logNormal(size.raised, 0.6), 50_000);
  return {
    totalRaisedUsd: random.maybe(0.9, totalRaisedUsd),
    lastRoundType: random.pick(size.rounds),
    lastRoundAmountUsd: random.maybe(0.75, round(totalRaisedUsd * random.decimal(0.25, 0.7), 50_000)),
    daysSinceLastRound: random.int(20, Math.min(1900, 300 * age)),
    investors: Array.from(
      { length: random.int(0, 3) },
      () => `${random.pick(investorNames)} ${random.pick(investorSuffixes)}`,
    ),
  };
}

function traffic(random: Random, visitors: number) {
  const parts = ["direct", "search", "referral", "social", "paidReferral"].map(() => random.next() + 0.02);
  const sum = parts.reduce((a, b) => a + b, 0);
  const [direct, search, referral, social, paid] = parts.map((part) =>
    Number(((100 * part) / sum).toFixed(2)),
  );
  return {
    monthlyVisitors: visitors,
    momGrowthPercent: random.maybe(0.8, growth(random, 12)),
    qoqGrowthPercent: random.maybe(0.7, growth(random, 25)),
    trafficSources: random.maybe(0.7, {
      directPercent: direct as number,
      searchPercent: search as number,
      referralPercent: referral as number,
      socialPercent: social as number,
      paidReferralPercent: paid as number,
    }),
  };
}

function name(fakers: Fakers, random: Random, place: Place, industry: Industry): string {
  const family = fakers.use(place.country.locale, random).person.lastName();
  if (industry.name === "Higher Education") return `${place.city} ${random.pick(industry.suffixes)}`;
  const word = fakers.use("en", random).word.noun();
  const head = random.chance(0.4) ? family : word.charAt(0).toUpperCase() + word.slice(1);
  return `${head} ${random.pick(industry.suffixes)}`;
}

/** Fixed properties of a company; everything else is generated. */
export interface GivenCompany {
  readonly name?: string;
  /** Domain without its top level; unique in the simulation. */
  readonly handle?: string;
  readonly industry?: Industry;
  readonly size?: (typeof companySizes)[number];
  /** Share of the fields that the provider knows, 0 to 1. */
  readonly known?: number;
}

/** Creates a company with figures that suit its size and industry. `index` makes its name unique in the simulation. */
export function makeCompany(
  random: Random,
  fakers: Fakers,
  place: Place,
  index: number,
  until: number,
  given: GivenCompany = {},
) {
  const size = given.size ?? random.weighted(companySizes);
  const industry = given.industry ?? random.weighted(industries);
  const employees = Math.round(Math.min(size.max, random.logNormal(Math.sqrt(size.min * size.max), 0.35)));
  const headcount = Math.max(size.min, employees);
  const fullName = given.name ?? name(fakers, random, place, industry);
  const handle = given.handle ?? `${slug(fullName) || "company"}-${index}`;
  const domain = `${handle}.example`;
  // The share of fields that the provider knows, which differs a lot between real companies.
  const known = given.known ?? random.decimal(0.15, 0.95);
  const some = <T>(value: T) => random.maybe(known, value);
  const age = Math.min(140, round(random.logNormal(12, 0.8), 1));
  const founded = new Date(until).getUTCFullYear() - age;
  const { country } = place;
  const visitors = Math.round(random.logNormal(headcount * 60, 0.9));
  const revenue = headcount * random.int(70_000, 260_000);
  const specialties = random.sample(industry.specialties, random.int(0, 4));
  const basic = {
    linkedinId: some(String(random.int(1_000_000, 99_999_999))),
    linkedinUrl: some(`https://www.linkedin.com/company/${handle}`),
    logoUrl: some(`https://logos.example/${domain}.png`),
    domain: random.maybe(given.known ?? 0.9, domain),
    website: some(`https://www.${domain}/`),
    address: random.maybe(0.2 + 0.75 * known, {
      locality: some(place.city),
      region: some(place.region),
      postalCode: some(place.postalCode),
      country: some(country.name),
      countryCode: random.maybe(0.9, country.code),
    }),
    description: some(
      `${fullName}: ${fakers.use("en", random).company.catchPhrase()}. ${industry.name} from ${place.city}.`,
    ),
    industry: random.maybe(0.8, industry.name),
    employeeCount: random.maybe(0.8, headcount),
    foundedYear: some(founded),
  };
  const full = {
    name: fullName,
    _type: "full" as const,
    enrichedAt: new Date(until - random.int(8 * day, 120 * day)).toISOString(),
    provider: random.pick(["xK9mP", "qR7nL"] as const),
    ...basic,
    specialties,
    estimatedRevenue: some({
      min: some(round(revenue * 0.7, 100_000)),
      max: some(round(revenue * 1.4, 100_000)),
      currency: random.chance(0.7) ? "USD" : country.currency,
    }),
    headcount: some({
      total: headcount,
      growth: random.maybe(0.7, {
        mom: growth(random, 2.5),
        qoq: growth(random, 6),
        yoy: random.maybe(0.9, growth(random, 22)),
      }),
    }),
    taxonomy: some({ linkedinIndustry: industry.name, linkedinSpecialties: specialties }),
    webTraffic: some(traffic(random, visitors)),
    linkedinFollowers: some({
      count: Math.round(headcount * random.decimal(2, 14)),
      momGrowthPercent: random.maybe(0.8, growth(random, 3)),
      qoqGrowthPercent: random.maybe(0.7, growth(random, 8)),
      yoyGrowthPercent: random.maybe(0.6, growth(random, 30)),
    }),
    funding: random.chance(given.known === 1 ? 1 : industry.funded) ? money(random, size, age) : null,
    seo: some({
      monthlyOrganicClicks: Math.round(visitors * random.decimal(0.1, 0.5)),
      monthlyPaidClicks: random.maybe(0.6, Math.round(visitors * random.decimal(0, 0.1))),
      monthlyOrganicValue: random.decimal(0.2, 2) * Math.round(visitors / 10),
      monthlyAdsSpend: random.maybe(0.5, random.decimal(0, 4000)),
      averageOrganicRank: random.decimal(4, 60, 1),
      averageAdRank: random.maybe(0.4, random.decimal(1, 8, 1)),
      totalOrganicKeywords: Math.round(visitors / random.decimal(2, 9)),
    }),
  };
  return { name: fullName, domain, industry, place, founded, basic, full };
}

export type Company = ReturnType<typeof makeCompany>;
