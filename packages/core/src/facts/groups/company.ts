import { companySources } from "../company.js";
import { group } from "../definition.js";
import { linkedinUrl } from "../linkedin.js";
import { at, numberAt } from "../read.js";
import type { Source } from "../source.js";

/** Returns the value at a path of the chosen company record. */
const recordAt = ({ company }: Source, path: string) =>
  path.split(".").reduce<unknown>((value, key) => at(value, key), company?.record);

const record = (field: string, type: "string" | "number" | "string[]", path: string, description: string) => {
  const keys = path.split(".");
  const read = ({ company }: Source) => keys.reduce<unknown>((value, key) => at(value, key), company?.record);
  return [field, type, description, `\`${path}\` of the company`, read] as const;
};

export const companyFacts = group("company", [
  [
    "name",
    "string",
    "Name of the company.",
    "`name` of the company, else `data.identity.professional.companyName`",
    ({ company }) => company?.name,
  ],
  [
    "domain",
    "string",
    "Registrable domain, in lower case and ASCII, without www.",
    "`domain` of the company, else its `website`, by the rules of freemail domains and platforms; without a company record, that of the best address at work that is not at a freemail provider",
    ({ company }) => company?.domain,
  ],
  [
    "source",
    companySources,
    "Where the company was found.",
    "the first that exists: the current one of `data.enrichment.person.employments`, the one of `data.enrichment.companies` that is the company of the current position of the résumé, else the first of them, the current one of `data.enrichment.person.experience`, `data.identity.professional.companyName`, the domain of the best e-mail address at work that is not at a freemail provider",
    ({ company }) => company?.source,
  ],
  record("website", "string", "website", "Address of its website."),
  [
    "linkedinUrl",
    "string",
    "Address of its LinkedIn page, in lower case, without query and trailing slash.",
    "`linkedinUrl` of the company",
    (source) => linkedinUrl(recordAt(source, "linkedinUrl")),
  ],
  record("linkedinId", "string", "linkedinId", "Identifier of its LinkedIn page."),
  record("logoUrl", "string", "logoUrl", "Address of its logo."),
  record("description", "string", "description", "What the company does, in its own words."),
  record("industry", "string", "industry", "Industry it works in."),
  record("linkedinIndustry", "string", "taxonomy.linkedinIndustry", "Industry as LinkedIn names it."),
  record("specialties", "string[]", "specialties", "Specialties that the company names itself."),
  [
    "employeeCount",
    "number",
    "Number of employees.",
    "`employeeCount` of the company, else its `headcount.total`",
    (source) => numberAt(source.company?.record, "employeeCount") ?? recordAt(source, "headcount.total"),
  ],
  record(
    "headcountGrowthMom",
    "number",
    "headcount.growth.mom",
    "Change of the headcount month over month, in percent.",
  ),
  record(
    "headcountGrowthQoq",
    "number",
    "headcount.growth.qoq",
    "Change of the headcount quarter over quarter, in percent.",
  ),
  record(
    "headcountGrowthYoy",
    "number",
    "headcount.growth.yoy",
    "Change of the headcount year over year, in percent.",
  ),
  record("foundedYear", "number", "foundedYear", "Year it was founded."),
  record("country", "string", "address.country", "Name of the country."),
  record("countryCode", "string", "address.countryCode", "ISO 3166-1 alpha-2 code of the country."),
  record("region", "string", "address.region", "State, province or region."),
  record("city", "string", "address.locality", "City or town."),
  record("postalCode", "string", "address.postalCode", "Postal code."),
  record("revenueMin", "number", "estimatedRevenue.min", "Lower end of the estimated yearly revenue."),
  record("revenueMax", "number", "estimatedRevenue.max", "Upper end of the estimated yearly revenue."),
  record(
    "revenueCurrency",
    "string",
    "estimatedRevenue.currency",
    "ISO 4217 code of the currency of the revenue.",
  ),
  record(
    "fundingTotalUsd",
    "number",
    "funding.totalRaisedUsd",
    "Total raised over all rounds, in US dollars.",
  ),
  record(
    "fundingLastRoundType",
    "string",
    "funding.lastRoundType",
    "Kind of the last round, such as Series B.",
  ),
  record(
    "fundingLastRoundUsd",
    "number",
    "funding.lastRoundAmountUsd",
    "Amount of the last round, in US dollars.",
  ),
  record(
    "fundingDaysSinceLastRound",
    "number",
    "funding.daysSinceLastRound",
    "Days since the last funding round.",
  ),
  record("investors", "string[]", "funding.investors", "Names of the investors."),
  record("monthlyVisitors", "number", "webTraffic.monthlyVisitors", "Visitors of its website a month."),
  record(
    "trafficGrowthMom",
    "number",
    "webTraffic.momGrowthPercent",
    "Change of the visitors month over month, in percent.",
  ),
  record(
    "trafficGrowthQoq",
    "number",
    "webTraffic.qoqGrowthPercent",
    "Change of the visitors quarter over quarter, in percent.",
  ),
  record(
    "trafficDirectPercent",
    "number",
    "webTraffic.trafficSources.directPercent",
    "Direct visits, in percent.",
  ),
  record(
    "trafficSearchPercent",
    "number",
    "webTraffic.trafficSources.searchPercent",
    "Visits from search engines, in percent.",
  ),
  record(
    "trafficSocialPercent",
    "number",
    "webTraffic.trafficSources.socialPercent",
    "Visits from social networks, in percent.",
  ),
  record(
    "trafficReferralPercent",
    "number",
    "webTraffic.trafficSources.referralPercent",
    "Visits from referrals, in percent.",
  ),
  record(
    "trafficPaidReferralPercent",
    "number",
    "webTraffic.trafficSources.paidReferralPercent",
    "Visits from paid referrals, in percent.",
  ),
  record("linkedinFollowers", "number", "linkedinFollowers.count", "Followers of its LinkedIn page."),
  record(
    "linkedinFollowersGrowthMom",
    "number",
    "linkedinFollowers.momGrowthPercent",
    "Change of the followers month over month, in percent.",
  ),
  record(
    "linkedinFollowersGrowthQoq",
    "number",
    "linkedinFollowers.qoqGrowthPercent",
    "Change of the followers quarter over quarter, in percent.",
  ),
  record(
    "linkedinFollowersGrowthYoy",
    "number",
    "linkedinFollowers.yoyGrowthPercent",
    "Change of the followers year over year, in percent.",
  ),
  record("seoOrganicClicks", "number", "seo.monthlyOrganicClicks", "Estimated organic clicks a month."),
  record("seoPaidClicks", "number", "seo.monthlyPaidClicks", "Estimated paid clicks a month."),
  record(
    "seoOrganicValue",
    "number",
    "seo.monthlyOrganicValue",
    "Estimated value of the organic clicks a month, in US dollars.",
  ),
  record("seoAdsSpend", "number", "seo.monthlyAdsSpend", "Estimated ad spend a month, in US dollars."),
  record("seoOrganicRank", "number", "seo.averageOrganicRank", "Average position of its organic results."),
  record("seoAdRank", "number", "seo.averageAdRank", "Average position of its ads."),
  record("seoOrganicKeywords", "number", "seo.totalOrganicKeywords", "Number of keywords it ranks for."),
]);
