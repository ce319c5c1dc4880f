import * as z from "zod";
import { maybeNumber, maybeText, maybeTextList, maybeUri, openEnum, section, text } from "./fields.js";

/** Codes of the data providers behind an enrichment. */
export const enrichmentProviders = ["xK9mP", "qR7nL"] as const;

const addressSchema = section("CompanyAddress", "Postal address of a company.", {
  country: maybeText("Name of the country."),
  countryCode: maybeText("ISO 3166-1 alpha-2 code of the country."),
  locality: maybeText("City or town."),
  postalCode: maybeText("Postal code."),
  region: maybeText("State, province or region."),
});

const estimatedRevenueSchema = section(
  "EstimatedRevenue",
  "Yearly revenue of a company, as an estimated range.",
  {
    currency: z.string().optional().meta({ description: "ISO 4217 code of the currency, such as USD." }),
    max: maybeNumber("Upper end of the range, in units of the currency."),
    min: maybeNumber("Lower end of the range, in units of the currency."),
  },
);

const fundingSchema = section("Funding", "Venture funding a company has raised.", {
  daysSinceLastRound: maybeNumber("Days since the last funding round."),
  investors: maybeTextList("Names of the investors."),
  lastRoundAmountUsd: maybeNumber("Amount of the last round, in US dollars."),
  lastRoundType: maybeText("Kind of the last round, such as Series B."),
  totalRaisedUsd: maybeNumber("Total raised over all rounds, in US dollars."),
});

const headcountGrowthSchema = section("HeadcountGrowth", "Change of a company's headcount, in percent.", {
  mom: maybeNumber("Month over month, in percent."),
  qoq: maybeNumber("Quarter over quarter, in percent."),
  yoy: maybeNumber("Year over year, in percent."),
});

const headcountSchema = section("Headcount", "Number of people who work at a company.", {
  growth: headcountGrowthSchema.nullish().meta({ description: "Change of the headcount, in percent." }),
  total: maybeNumber("Number of employees."),
});

const linkedinFollowersSchema = section("LinkedinFollowers", "Followers of a company's LinkedIn page.", {
  count: maybeNumber("Number of followers."),
  momGrowthPercent: maybeNumber("Change month over month, in percent."),
  qoqGrowthPercent: maybeNumber("Change quarter over quarter, in percent."),
  yoyGrowthPercent: maybeNumber("Change year over year, in percent."),
});

const seoSchema = section("Seo", "Visibility of a company in search engines.", {
  averageAdRank: maybeNumber("Average position of its ads."),
  averageOrganicRank: maybeNumber("Average position of its organic results."),
  monthlyAdsSpend: maybeNumber("Estimated ad spend a month, in US dollars."),
  monthlyOrganicClicks: maybeNumber("Estimated organic clicks a month."),
  monthlyOrganicValue: maybeNumber("Estimated value of the organic clicks a month, in US dollars."),
  monthlyPaidClicks: maybeNumber("Estimated paid clicks a month."),
  totalOrganicKeywords: maybeNumber("Number of keywords it ranks for."),
});

const taxonomySchema = section("Taxonomy", "LinkedIn's classification of a company.", {
  linkedinIndustry: maybeText("Industry as LinkedIn names it."),
  linkedinSpecialties: maybeTextList("Specialties listed on LinkedIn."),
});

const trafficSourcesSchema = section("TrafficSources", "Sources of a website's visitors, in percent.", {
  directPercent: maybeNumber("Direct visits, in percent."),
  paidReferralPercent: maybeNumber("Paid referrals, in percent."),
  referralPercent: maybeNumber("Referrals, in percent."),
  searchPercent: maybeNumber("Search engines, in percent."),
  socialPercent: maybeNumber("Social networks, in percent."),
});

const webTrafficSchema = section("WebTraffic", "Traffic of a company's website.", {
  momGrowthPercent: maybeNumber("Change month over month, in percent."),
  monthlyVisitors: maybeNumber("Visitors a month."),
  qoqGrowthPercent: maybeNumber("Change quarter over quarter, in percent."),
  trafficSources: trafficSourcesSchema
    .nullish()
    .meta({ description: "Sources of the visitors, in percent." }),
});

/** Fields that both kinds of company record have in common. */
const profile = {
  address: addressSchema.nullish().meta({ description: "Postal address." }),
  description: maybeText("The company's own description of its work."),
  domain: maybeText("Domain of its website, such as example.com."),
  employeeCount: maybeNumber("Number of employees."),
  foundedYear: maybeNumber("Year it was founded."),
  industry: maybeText("Industry it works in."),
  linkedinId: maybeText("Identifier of its LinkedIn page."),
  linkedinUrl: maybeUri("Address of its LinkedIn page."),
  logoUrl: maybeUri("Address of its logo."),
  website: maybeUri("Address of its website."),
};

export const companySchema = section("Company", "A company with everything known about it.", {
  _type: z.literal("full").meta({ description: "Marks a full company record." }),
  enrichedAt: text("Time of the enrichment, ISO 8601."),
  name: text("Name of the company."),
  provider: openEnum(enrichmentProviders, "Code of the data provider."),
  ...profile,
  estimatedRevenue: estimatedRevenueSchema
    .nullish()
    .meta({ description: "Yearly revenue, as an estimated range." }),
  funding: fundingSchema.nullish().meta({ description: "Venture funding." }),
  headcount: headcountSchema.nullish().meta({ description: "Number of people who work there." }),
  linkedinFollowers: linkedinFollowersSchema
    .nullish()
    .meta({ description: "Followers of its LinkedIn page." }),
  seo: seoSchema.nullish().meta({ description: "Visibility in search engines." }),
  specialties: maybeTextList("Specialties that the company names itself."),
  taxonomy: taxonomySchema.nullish().meta({ description: "LinkedIn's classification." }),
  webTraffic: webTrafficSchema.nullish().meta({ description: "Traffic of its website." }),
});

export const basicCompanySchema = section(
  "BasicCompany",
  "A company with the details that a résumé gives about it.",
  {
    _type: z.literal("basic").meta({ description: "Marks a basic company record." }),
    name: text("Name of the company."),
    ...profile,
  },
);
