// Generated from the zod schemas: npx pnpm --filter @sessionhook/core generate
// Its agreement with zod, and with ajv on the published JSON Schema, is held by a property test.

import type { RootSchema } from "../schema-node.js";
import type { EventType } from "./types.js";

const isObject = (v: any): boolean => typeof v === "object" && v !== null && !Array.isArray(v);
// JSON.parse returns Infinity for 1e999, and Infinity is not a JSON number.
const isNumber = (v: any): boolean => typeof v === "number" && v - v === 0;

const isIdentitySessionFinalizedEvent = (v: any): boolean =>
  isObject(v) &&
  (v.id === undefined || typeof v.id === "string") &&
  v.type === "identity.session.finalized" &&
  (v.created === undefined || (isNumber(v.created) && v.created % 1 === 0)) &&
  (v.timestamp === undefined || typeof v.timestamp === "string") &&
  isIdentitySessionFinalizedData(v.data) &&
  ((v.timestamp !== undefined) || (v.id !== undefined && v.created !== undefined));

const isSessionFindings = (v: any): boolean =>
  isObject(v) &&
  Array.isArray(v.companies) && v.companies.every((i: any) => isCompany(i)) &&
  (v.emailValidations === undefined || Array.isArray(v.emailValidations) && v.emailValidations.every((i: any) => isEmailValidation(i))) &&
  isPerson(v.person);

const isCompany = (v: any): boolean =>
  isObject(v) &&
  v._type === "full" &&
  typeof v.enrichedAt === "string" &&
  typeof v.name === "string" &&
  typeof v.provider === "string" &&
  (v.address === undefined || (v.address === null || isCompanyAddress(v.address))) &&
  (v.description === undefined || (v.description === null || typeof v.description === "string")) &&
  (v.domain === undefined || (v.domain === null || typeof v.domain === "string")) &&
  (v.employeeCount === undefined || (v.employeeCount === null || isNumber(v.employeeCount))) &&
  (v.foundedYear === undefined || (v.foundedYear === null || isNumber(v.foundedYear))) &&
  (v.industry === undefined || (v.industry === null || typeof v.industry === "string")) &&
  (v.linkedinId === undefined || (v.linkedinId === null || typeof v.linkedinId === "string")) &&
  (v.linkedinUrl === undefined || (v.linkedinUrl === null || typeof v.linkedinUrl === "string")) &&
  (v.logoUrl === undefined || (v.logoUrl === null || typeof v.logoUrl === "string")) &&
  (v.website === undefined || (v.website === null || typeof v.website === "string")) &&
  (v.estimatedRevenue === undefined || (v.estimatedRevenue === null || isEstimatedRevenue(v.estimatedRevenue))) &&
  (v.funding === undefined || (v.funding === null || isFunding(v.funding))) &&
  (v.headcount === undefined || (v.headcount === null || isHeadcount(v.headcount))) &&
  (v.linkedinFollowers === undefined || (v.linkedinFollowers === null || isLinkedinFollowers(v.linkedinFollowers))) &&
  (v.seo === undefined || (v.seo === null || isSeo(v.seo))) &&
  (v.specialties === undefined || Array.isArray(v.specialties) && v.specialties.every((i: any) => typeof i === "string")) &&
  (v.taxonomy === undefined || (v.taxonomy === null || isTaxonomy(v.taxonomy))) &&
  (v.webTraffic === undefined || (v.webTraffic === null || isWebTraffic(v.webTraffic)));

const isCompanyAddress = (v: any): boolean =>
  isObject(v) &&
  (v.country === undefined || (v.country === null || typeof v.country === "string")) &&
  (v.countryCode === undefined || (v.countryCode === null || typeof v.countryCode === "string")) &&
  (v.locality === undefined || (v.locality === null || typeof v.locality === "string")) &&
  (v.postalCode === undefined || (v.postalCode === null || typeof v.postalCode === "string")) &&
  (v.region === undefined || (v.region === null || typeof v.region === "string"));

const isEstimatedRevenue = (v: any): boolean =>
  isObject(v) &&
  (v.currency === undefined || typeof v.currency === "string") &&
  (v.max === undefined || (v.max === null || isNumber(v.max))) &&
  (v.min === undefined || (v.min === null || isNumber(v.min)));

const isFunding = (v: any): boolean =>
  isObject(v) &&
  (v.daysSinceLastRound === undefined || (v.daysSinceLastRound === null || isNumber(v.daysSinceLastRound))) &&
  (v.investors === undefined || Array.isArray(v.investors) && v.investors.every((i: any) => typeof i === "string")) &&
  (v.lastRoundAmountUsd === undefined || (v.lastRoundAmountUsd === null || isNumber(v.lastRoundAmountUsd))) &&
  (v.lastRoundType === undefined || (v.lastRoundType === null || typeof v.lastRoundType === "string")) &&
  (v.totalRaisedUsd === undefined || (v.totalRaisedUsd === null || isNumber(v.totalRaisedUsd)));

const isHeadcount = (v: any): boolean =>
  isObject(v) &&
  (v.growth === undefined || (v.growth === null || isHeadcountGrowth(v.growth))) &&
  (v.total === undefined || (v.total === null || isNumber(v.total)));

const isHeadcountGrowth = (v: any): boolean =>
  isObject(v) &&
  (v.mom === undefined || (v.mom === null || isNumber(v.mom))) &&
  (v.qoq === undefined || (v.qoq === null || isNumber(v.qoq))) &&
  (v.yoy === undefined || (v.yoy === null || isNumber(v.yoy)));

const isLinkedinFollowers = (v: any): boolean =>
  isObject(v) &&
  (v.count === undefined || (v.count === null || isNumber(v.count))) &&
  (v.momGrowthPercent === undefined || (v.momGrowthPercent === null || isNumber(v.momGrowthPercent))) &&
  (v.qoqGrowthPercent === undefined || (v.qoqGrowthPercent === null || isNumber(v.qoqGrowthPercent))) &&
  (v.yoyGrowthPercent === undefined || (v.yoyGrowthPercent === null || isNumber(v.yoyGrowthPercent)));

const isSeo = (v: any): boolean =>
  isObject(v) &&
  (v.averageAdRank === undefined || (v.averageAdRank === null || isNumber(v.averageAdRank))) &&
  (v.averageOrganicRank === undefined || (v.averageOrganicRank === null || isNumber(v.averageOrganicRank))) &&
  (v.monthlyAdsSpend === undefined || (v.monthlyAdsSpend === null || isNumber(v.monthlyAdsSpend))) &&
  (v.monthlyOrganicClicks === undefined || (v.monthlyOrganicClicks === null || isNumber(v.monthlyOrganicClicks))) &&
  (v.monthlyOrganicValue === undefined || (v.monthlyOrganicValue === null || isNumber(v.monthlyOrganicValue))) &&
  (v.monthlyPaidClicks === undefined || (v.monthlyPaidClicks === null || isNumber(v.monthlyPaidClicks))) &&
  (v.totalOrganicKeywords === undefined || (v.totalOrganicKeywords === null || isNumber(v.totalOrganicKeywords)));

const isTaxonomy = (v: any): boolean =>
  isObject(v) &&
  (v.linkedinIndustry === undefined || (v.linkedinIndustry === null || typeof v.linkedinIndustry === "string")) &&
  (v.linkedinSpecialties === undefined || Array.isArray(v.linkedinSpecialties) && v.linkedinSpecialties.every((i: any) => typeof i === "string"));

const isWebTraffic = (v: any): boolean =>
  isObject(v) &&
  (v.momGrowthPercent === undefined || (v.momGrowthPercent === null || isNumber(v.momGrowthPercent))) &&
  (v.monthlyVisitors === undefined || (v.monthlyVisitors === null || isNumber(v.monthlyVisitors))) &&
  (v.qoqGrowthPercent === undefined || (v.qoqGrowthPercent === null || isNumber(v.qoqGrowthPercent))) &&
  (v.trafficSources === undefined || (v.trafficSources === null || isTrafficSources(v.trafficSources)));

const isTrafficSources = (v: any): boolean =>
  isObject(v) &&
  (v.directPercent === undefined || (v.directPercent === null || isNumber(v.directPercent))) &&
  (v.paidReferralPercent === undefined || (v.paidReferralPercent === null || isNumber(v.paidReferralPercent))) &&
  (v.referralPercent === undefined || (v.referralPercent === null || isNumber(v.referralPercent))) &&
  (v.searchPercent === undefined || (v.searchPercent === null || isNumber(v.searchPercent))) &&
  (v.socialPercent === undefined || (v.socialPercent === null || isNumber(v.socialPercent)));

const isEmailValidation = (v: any): boolean =>
  isObject(v) &&
  typeof v.email === "string" &&
  (v.error === null || isEmailValidationError(v.error)) &&
  typeof v.provider === "string" &&
  (v.validity === null || typeof v.validity === "string");

const isEmailValidationError = (v: any): boolean =>
  isObject(v) &&
  typeof v.code === "string" &&
  typeof v.message === "string";

const isEducation = (v: any): boolean =>
  isObject(v) &&
  typeof v.instituteName === "string" &&
  (v.degree === undefined || (v.degree === null || typeof v.degree === "string")) &&
  (v.endDate === undefined || (v.endDate === null || typeof v.endDate === "string")) &&
  (v.fieldOfStudy === undefined || (v.fieldOfStudy === null || typeof v.fieldOfStudy === "string")) &&
  (v.instituteLinkedinId === undefined || (v.instituteLinkedinId === null || typeof v.instituteLinkedinId === "string")) &&
  (v.instituteLogoUrl === undefined || (v.instituteLogoUrl === null || typeof v.instituteLogoUrl === "string")) &&
  (v.startDate === undefined || (v.startDate === null || typeof v.startDate === "string"));

const isEmployment = (v: any): boolean =>
  isObject(v) &&
  isCompany(v.company) &&
  typeof v.title === "string" &&
  (v.description === undefined || (v.description === null || typeof v.description === "string")) &&
  (v.endDate === undefined || (v.endDate === null || typeof v.endDate === "string")) &&
  (v.location === undefined || (v.location === null || typeof v.location === "string")) &&
  (v.startDate === undefined || (v.startDate === null || typeof v.startDate === "string"));

const isExperience = (v: any): boolean =>
  isObject(v) &&
  isBasicCompany(v.company) &&
  typeof v.title === "string" &&
  (v.description === undefined || (v.description === null || typeof v.description === "string")) &&
  (v.endDate === undefined || (v.endDate === null || typeof v.endDate === "string")) &&
  (v.location === undefined || (v.location === null || typeof v.location === "string")) &&
  (v.startDate === undefined || (v.startDate === null || typeof v.startDate === "string"));

const isBasicCompany = (v: any): boolean =>
  isObject(v) &&
  v._type === "basic" &&
  typeof v.name === "string" &&
  (v.address === undefined || (v.address === null || isCompanyAddress(v.address))) &&
  (v.description === undefined || (v.description === null || typeof v.description === "string")) &&
  (v.domain === undefined || (v.domain === null || typeof v.domain === "string")) &&
  (v.employeeCount === undefined || (v.employeeCount === null || isNumber(v.employeeCount))) &&
  (v.foundedYear === undefined || (v.foundedYear === null || isNumber(v.foundedYear))) &&
  (v.industry === undefined || (v.industry === null || typeof v.industry === "string")) &&
  (v.linkedinId === undefined || (v.linkedinId === null || typeof v.linkedinId === "string")) &&
  (v.linkedinUrl === undefined || (v.linkedinUrl === null || typeof v.linkedinUrl === "string")) &&
  (v.logoUrl === undefined || (v.logoUrl === null || typeof v.logoUrl === "string")) &&
  (v.website === undefined || (v.website === null || typeof v.website === "string"));

const isPersonLocation = (v: any): boolean =>
  isObject(v) &&
  (v.country === undefined || (v.country === null || typeof v.country === "string")) &&
  (v.countryCode === undefined || (v.countryCode === null || typeof v.countryCode === "string")) &&
  (v.locality === undefined || (v.locality === null || typeof v.locality === "string")) &&
  (v.postalCode === undefined || (v.postalCode === null || typeof v.postalCode === "string")) &&
  (v.raw === undefined || (v.raw === null || typeof v.raw === "string")) &&
  (v.region === undefined || (v.region === null || typeof v.region === "string"));

const isPerson = (v: any): boolean =>
  isObject(v) &&
  typeof v.enrichedAt === "string" &&
  typeof v.linkedinUrl === "string" &&
  typeof v.provider === "string" &&
  (v.connections === undefined || (v.connections === null || isNumber(v.connections))) &&
  (v.education === undefined || Array.isArray(v.education) && v.education.every((i: any) => isEducation(i))) &&
  (v.email === undefined || (v.email === null || typeof v.email === "string")) &&
  (v.employments === undefined || Array.isArray(v.employments) && v.employments.every((i: any) => isEmployment(i))) &&
  (v.experience === undefined || Array.isArray(v.experience) && v.experience.every((i: any) => isExperience(i))) &&
  (v.firstName === undefined || (v.firstName === null || typeof v.firstName === "string")) &&
  (v.fullName === undefined || (v.fullName === null || typeof v.fullName === "string")) &&
  (v.headline === undefined || (v.headline === null || typeof v.headline === "string")) &&
  (v.languages === undefined || Array.isArray(v.languages) && v.languages.every((i: any) => typeof i === "string")) &&
  (v.lastName === undefined || (v.lastName === null || typeof v.lastName === "string")) &&
  (v.linkedinId === undefined || (v.linkedinId === null || typeof v.linkedinId === "string")) &&
  (v.location === undefined || (v.location === null || isPersonLocation(v.location))) &&
  (v.profilePictureUrl === undefined || (v.profilePictureUrl === null || typeof v.profilePictureUrl === "string")) &&
  (v.skills === undefined || Array.isArray(v.skills) && v.skills.every((i: any) => typeof i === "string")) &&
  (v.summary === undefined || (v.summary === null || typeof v.summary === "string"));

const isAsn = (v: any): boolean =>
  isObject(v) &&
  (v.code === null || isNumber(v.code)) &&
  (v.name === null || typeof v.name === "string");

const isBotManagement = (v: any): boolean =>
  isObject(v) &&
  (v.corporateProxy === null || typeof v.corporateProxy === "boolean") &&
  (v.score === null || isNumber(v.score)) &&
  (v.verifiedBot === null || typeof v.verifiedBot === "boolean") &&
  (v.verifiedBotCategory === null || typeof v.verifiedBotCategory === "string");

const isNetwork = (v: any): boolean =>
  isObject(v) &&
  isAsn(v.asn) &&
  isBotManagement(v.botManagement) &&
  (v.city === null || typeof v.city === "string") &&
  (v.colo === null || typeof v.colo === "string") &&
  (v.continent === null || typeof v.continent === "string") &&
  (v.country === null || typeof v.country === "string") &&
  (v.ip === null || typeof v.ip === "string") &&
  (v.isEU === null || typeof v.isEU === "boolean") &&
  (v.latitude === null || typeof v.latitude === "string") &&
  (v.longitude === null || typeof v.longitude === "string") &&
  (v.metroCode === null || typeof v.metroCode === "string") &&
  (v.postalCode === null || typeof v.postalCode === "string") &&
  (v.region === null || typeof v.region === "string") &&
  (v.regionCode === null || typeof v.regionCode === "string");

const isScreen = (v: any): boolean =>
  isObject(v) &&
  isNumber(v.height) &&
  isNumber(v.width);

const isUtm = (v: any): boolean =>
  isObject(v) &&
  (v.campaign === null || typeof v.campaign === "string") &&
  (v.content === null || typeof v.content === "string") &&
  (v.medium === null || typeof v.medium === "string") &&
  (v.source === null || typeof v.source === "string") &&
  (v.term === null || typeof v.term === "string");

const isPageEvent = (v: any): boolean =>
  isObject(v) &&
  (v.outlink === null || typeof v.outlink === "string") &&
  (v.props === null || isObject(v.props)) &&
  (v.ref === null || typeof v.ref === "string") &&
  typeof v.signal === "string" &&
  (v.title === null || typeof v.title === "string") &&
  isNumber(v.ts) &&
  typeof v.url === "string" &&
  typeof v.v === "string";

const isSessionEnrichment = (v: any): boolean =>
  isObject(v) &&
  isNumber(v.enrichedAt) &&
  typeof v.enrichmentData === "string";

const isFinalizedSession = (v: any): boolean =>
  isObject(v) &&
  isNumber(v.createdAt) &&
  (v.endedAt === null || isNumber(v.endedAt)) &&
  (v.fbclid === null || typeof v.fbclid === "string") &&
  (v.gclid === null || typeof v.gclid === "string") &&
  typeof v.landingPage === "string" &&
  (v.landingTitle === null || typeof v.landingTitle === "string") &&
  isNetwork(v.network) &&
  typeof v.pid === "string" &&
  (v.referrer === null || typeof v.referrer === "string") &&
  isScreen(v.screen) &&
  typeof v.sid === "string" &&
  (v.tenant === null || typeof v.tenant === "string") &&
  typeof v.timezone === "string" &&
  typeof v.userAgent === "string" &&
  isUtm(v.utm) &&
  typeof v.vid === "string" &&
  (v.options === undefined || isObject(v.options)) &&
  isNumber(v.lastActivity) &&
  Array.isArray(v.events) && v.events.every((i: any) => isPageEvent(i)) &&
  (v.enrichments === undefined || Array.isArray(v.enrichments) && v.enrichments.every((i: any) => isSessionEnrichment(i)));

const isIdentitySessionFinalizedData = (v: any): boolean =>
  isObject(v) &&
  (v.enrichment === null || isSessionFindings(v.enrichment)) &&
  isNumber(v.eventCount) &&
  isNumber(v.finalizedAt) &&
  isFinalizedSession(v.session) &&
  isNumber(v.sessionEndedAt);

const isIdentityResolvedEvent = (v: any): boolean =>
  isObject(v) &&
  (v.id === undefined || typeof v.id === "string") &&
  v.type === "identity.resolved" &&
  (v.created === undefined || (isNumber(v.created) && v.created % 1 === 0)) &&
  (v.timestamp === undefined || typeof v.timestamp === "string") &&
  isIdentityResolvedData(v.data) &&
  ((v.timestamp !== undefined) || (v.id !== undefined && v.created !== undefined));

const isAttribution = (v: any): boolean =>
  isObject(v) &&
  typeof v.pixelId === "string" &&
  typeof v.prid === "string" &&
  typeof v.sessionId === "string" &&
  typeof v.type === "string" &&
  typeof v.vid === "string";

const isDemographics = (v: any): boolean =>
  isObject(v) &&
  (v.firstName === null || typeof v.firstName === "string") &&
  (v.hasChildren === null || typeof v.hasChildren === "boolean") &&
  (v.isHomeowner === null || typeof v.isHomeowner === "boolean") &&
  (v.isMarried === null || typeof v.isMarried === "boolean") &&
  (v.lastName === null || typeof v.lastName === "string");

const isIdentityEmail = (v: any): boolean =>
  isObject(v) &&
  typeof v.type === "string" &&
  typeof v.value === "string";

const isIdentityLocation = (v: any): boolean =>
  isObject(v) &&
  (v.city === null || typeof v.city === "string") &&
  (v.country === null || typeof v.country === "string") &&
  (v.state === null || typeof v.state === "string");

const isProfessional = (v: any): boolean =>
  isObject(v) &&
  (v.companyName === null || typeof v.companyName === "string") &&
  (v.jobTitle === null || typeof v.jobTitle === "string");

const isResolvedIdentity = (v: any): boolean =>
  isObject(v) &&
  isDemographics(v.demographics) &&
  Array.isArray(v.emails) && v.emails.every((i: any) => isIdentityEmail(i)) &&
  isIdentityLocation(v.location) &&
  Array.isArray(v.phones) && v.phones.every((i: any) => typeof i === "string") &&
  isProfessional(v.professional) &&
  (v.linkedinUrl === null || typeof v.linkedinUrl === "string");

const isSession = (v: any): boolean =>
  isObject(v) &&
  isNumber(v.createdAt) &&
  (v.endedAt === null || isNumber(v.endedAt)) &&
  (v.fbclid === null || typeof v.fbclid === "string") &&
  (v.gclid === null || typeof v.gclid === "string") &&
  typeof v.landingPage === "string" &&
  (v.landingTitle === null || typeof v.landingTitle === "string") &&
  isNetwork(v.network) &&
  typeof v.pid === "string" &&
  (v.referrer === null || typeof v.referrer === "string") &&
  isScreen(v.screen) &&
  typeof v.sid === "string" &&
  (v.tenant === null || typeof v.tenant === "string") &&
  typeof v.timezone === "string" &&
  typeof v.userAgent === "string" &&
  isUtm(v.utm) &&
  typeof v.vid === "string" &&
  (v.options === undefined || isObject(v.options));

const isIdentityResolvedData = (v: any): boolean =>
  isObject(v) &&
  isAttribution(v.attribution) &&
  isResolvedIdentity(v.identity) &&
  (v.session === null || isSession(v.session));

const isIdentityQualifiedEvent = (v: any): boolean =>
  isObject(v) &&
  (v.id === undefined || typeof v.id === "string") &&
  v.type === "identity.qualified" &&
  (v.created === undefined || (isNumber(v.created) && v.created % 1 === 0)) &&
  (v.timestamp === undefined || typeof v.timestamp === "string") &&
  isIdentityQualifiedData(v.data) &&
  ((v.timestamp !== undefined) || (v.id !== undefined && v.created !== undefined));

const isQualifiedIdentity = (v: any): boolean =>
  isObject(v) &&
  isDemographics(v.demographics) &&
  Array.isArray(v.emails) && v.emails.every((i: any) => isIdentityEmail(i)) &&
  isIdentityLocation(v.location) &&
  Array.isArray(v.phones) && v.phones.every((i: any) => typeof i === "string") &&
  isProfessional(v.professional) &&
  typeof v.linkedinUrl === "string";

const isIdentityQualifiedData = (v: any): boolean =>
  isObject(v) &&
  isAttribution(v.attribution) &&
  isQualifiedIdentity(v.identity) &&
  (v.session === null || isSession(v.session));

const isIdentityEnrichedEvent = (v: any): boolean =>
  isObject(v) &&
  (v.id === undefined || typeof v.id === "string") &&
  v.type === "identity.enriched" &&
  (v.created === undefined || (isNumber(v.created) && v.created % 1 === 0)) &&
  (v.timestamp === undefined || typeof v.timestamp === "string") &&
  isIdentityEnrichedData(v.data) &&
  ((v.timestamp !== undefined) || (v.id !== undefined && v.created !== undefined));

const isEnrichment = (v: any): boolean =>
  isObject(v) &&
  Array.isArray(v.companies) && v.companies.every((i: any) => isCompany(i)) &&
  (v.emailValidations === undefined || Array.isArray(v.emailValidations) && v.emailValidations.every((i: any) => isEmailValidation(i))) &&
  (v.person === null || isPerson(v.person));

const isEnrichmentQuery = (v: any): boolean =>
  isObject(v) &&
  typeof v.match === "string" &&
  typeof v.type === "string" &&
  typeof v.value === "string";

const isIdentityEnrichedData = (v: any): boolean =>
  isObject(v) &&
  isAttribution(v.attribution) &&
  isNumber(v.companiesEnriched) &&
  (v.enrichment === null || isEnrichment(v.enrichment)) &&
  isEnrichmentQuery(v.query) &&
  (v.session === null || isSession(v.session));

const isIdentityValidatedEvent = (v: any): boolean =>
  isObject(v) &&
  (v.id === undefined || typeof v.id === "string") &&
  v.type === "identity.validated" &&
  (v.created === undefined || (isNumber(v.created) && v.created % 1 === 0)) &&
  (v.timestamp === undefined || typeof v.timestamp === "string") &&
  isIdentityValidatedData(v.data) &&
  ((v.timestamp !== undefined) || (v.id !== undefined && v.created !== undefined));

const isIdentityValidatedData = (v: any): boolean =>
  isObject(v) &&
  isAttribution(v.attribution) &&
  (v.session === null || isSession(v.session)) &&
  Array.isArray(v.validations) && v.validations.every((i: any) => isEmailValidation(i));

/** The types this version knows, the final record of a session first. */
export const eventTypes: readonly EventType[] = [
  "identity.session.finalized",
  "identity.resolved",
  "identity.qualified",
  "identity.enriched",
  "identity.validated"
];

/**
 * The check of a parsed body for each event type; see docs/decisions/0002-compiled-validator.md. A Map, so that an event
 * type named like a property of every object finds nothing.
 */
export const checks: ReadonlyMap<string, (value: unknown) => boolean> = new Map([
  ["identity.session.finalized", isIdentitySessionFinalizedEvent],
  ["identity.resolved", isIdentityResolvedEvent],
  ["identity.qualified", isIdentityQualifiedEvent],
  ["identity.enriched", isIdentityEnrichedEvent],
  ["identity.validated", isIdentityValidatedEvent],
]);

const definitions =
  '{"IdentitySessionFinalizedEvent":{"type":"object","properties":{"id":{"type":"string"},"type":{"type":"string","const":"identity.session.finalized"},"created":{"type":"integer"},"timestamp":{"type":"string"},"data":{"$ref":"#/$defs/IdentitySessionFinalizedData"}},"required":["type","data"],"if":{"properties":{"timestamp":{}},"required":["timestamp"]},"else":{"properties":{"id":{},"created":{}},"required":["id","created"]}},"SessionFindings":{"type":"object","properties":{"companies":{"type":"array","items":{"$ref":"#/$defs/Company"}},"emailValidations":{"type":"array","items":{"$ref":"#/$defs/EmailValidation"}},"person":{"$ref":"#/$defs/Person"}},"required":["companies","person"]},"Company":{"type":"object","properties":{"_type":{"type":"string","const":"full"},"enrichedAt":{"type":"string"},"name":{"type":"string"},"provider":{"type":"string"},"address":{"anyOf":[{"$ref":"#/$defs/CompanyAddress"},{"type":"null"}]},"description":{"type":["string","null"]},"domain":{"type":["string","null"]},"employeeCount":{"type":["number","null"]},"foundedYear":{"type":["number","null"]},"industry":{"type":["string","null"]},"linkedinId":{"type":["string","null"]},"linkedinUrl":{"type":["string","null"]},"logoUrl":{"type":["string","null"]},"website":{"type":["string","null"]},"estimatedRevenue":{"anyOf":[{"$ref":"#/$defs/EstimatedRevenue"},{"type":"null"}]},"funding":{"anyOf":[{"$ref":"#/$defs/Funding"},{"type":"null"}]},"headcount":{"anyOf":[{"$ref":"#/$defs/Headcount"},{"type":"null"}]},"linkedinFollowers":{"anyOf":[{"$ref":"#/$defs/LinkedinFollowers"},{"type":"null"}]},"seo":{"anyOf":[{"$ref":"#/$defs/Seo"},{"type":"null"}]},"specialties":{"type":"array","items":{"type":"string"}},"taxonomy":{"anyOf":[{"$ref":"#/$defs/Taxonomy"},{"type":"null"}]},"webTraffic":{"anyOf":[{"$ref":"#/$defs/WebTraffic"},{"type":"null"}]}},"required":["_type","enrichedAt","name","provider"]},"CompanyAddress":{"type":"object","properties":{"country":{"type":["string","null"]},"countryCode":{"type":["string","null"]},"locality":{"type":["string","null"]},"postalCode":{"type":["string","null"]},"region":{"type":["string","null"]}}},"EstimatedRevenue":{"type":"object","properties":{"currency":{"type":"string"},"max":{"type":["number","null"]},"min":{"type":["number","null"]}}},"Funding":{"type":"object","properties":{"daysSinceLastRound":{"type":["number","null"]},"investors":{"type":"array","items":{"type":"string"}},"lastRoundAmountUsd":{"type":["number","null"]},"lastRoundType":{"type":["string","null"]},"totalRaisedUsd":{"type":["number","null"]}}},"Headcount":{"type":"object","properties":{"growth":{"anyOf":[{"$ref":"#/$defs/HeadcountGrowth"},{"type":"null"}]},"total":{"type":["number","null"]}}},"HeadcountGrowth":{"type":"object","properties":{"mom":{"type":["number","null"]},"qoq":{"type":["number","null"]},"yoy":{"type":["number","null"]}}},"LinkedinFollowers":{"type":"object","properties":{"count":{"type":["number","null"]},"momGrowthPercent":{"type":["number","null"]},"qoqGrowthPercent":{"type":["number","null"]},"yoyGrowthPercent":{"type":["number","null"]}}},"Seo":{"type":"object","properties":{"averageAdRank":{"type":["number","null"]},"averageOrganicRank":{"type":["number","null"]},"monthlyAdsSpend":{"type":["number","null"]},"monthlyOrganicClicks":{"type":["number","null"]},"monthlyOrganicValue":{"type":["number","null"]},"monthlyPaidClicks":{"type":["number","null"]},"totalOrganicKeywords":{"type":["number","null"]}}},"Taxonomy":{"type":"object","properties":{"linkedinIndustry":{"type":["string","null"]},"linkedinSpecialties":{"type":"array","items":{"type":"string"}}}},"WebTraffic":{"type":"object","properties":{"momGrowthPercent":{"type":["number","null"]},"monthlyVisitors":{"type":["number","null"]},"qoqGrowthPercent":{"type":["number","null"]},"trafficSources":{"anyOf":[{"$ref":"#/$defs/TrafficSources"},{"type":"null"}]}}},"TrafficSources":{"type":"object","properties":{"directPercent":{"type":["number","null"]},"paidReferralPercent":{"type":["number","null"]},"referralPercent":{"type":["number","null"]},"searchPercent":{"type":["number","null"]},"socialPercent":{"type":["number","null"]}}},"EmailValidation":{"type":"object","properties":{"email":{"type":"string"},"error":{"anyOf":[{"$ref":"#/$defs/EmailValidationError"},{"type":"null"}]},"provider":{"type":"string"},"validity":{"type":["string","null"]}},"required":["email","error","provider","validity"]},"EmailValidationError":{"type":"object","properties":{"code":{"type":"string"},"message":{"type":"string"}},"required":["code","message"]},"Education":{"type":"object","properties":{"instituteName":{"type":"string"},"degree":{"type":["string","null"]},"endDate":{"type":["string","null"]},"fieldOfStudy":{"type":["string","null"]},"instituteLinkedinId":{"type":["string","null"]},"instituteLogoUrl":{"type":["string","null"]},"startDate":{"type":["string","null"]}},"required":["instituteName"]},"Employment":{"type":"object","properties":{"company":{"$ref":"#/$defs/Company"},"title":{"type":"string"},"description":{"type":["string","null"]},"endDate":{"type":["string","null"]},"location":{"type":["string","null"]},"startDate":{"type":["string","null"]}},"required":["company","title"]},"Experience":{"type":"object","properties":{"company":{"$ref":"#/$defs/BasicCompany"},"title":{"type":"string"},"description":{"type":["string","null"]},"endDate":{"type":["string","null"]},"location":{"type":["string","null"]},"startDate":{"type":["string","null"]}},"required":["company","title"]},"BasicCompany":{"type":"object","properties":{"_type":{"type":"string","const":"basic"},"name":{"type":"string"},"address":{"anyOf":[{"$ref":"#/$defs/CompanyAddress"},{"type":"null"}]},"description":{"type":["string","null"]},"domain":{"type":["string","null"]},"employeeCount":{"type":["number","null"]},"foundedYear":{"type":["number","null"]},"industry":{"type":["string","null"]},"linkedinId":{"type":["string","null"]},"linkedinUrl":{"type":["string","null"]},"logoUrl":{"type":["string","null"]},"website":{"type":["string","null"]}},"required":["_type","name"]},"PersonLocation":{"type":"object","properties":{"country":{"type":["string","null"]},"countryCode":{"type":["string","null"]},"locality":{"type":["string","null"]},"postalCode":{"type":["string","null"]},"raw":{"type":["string","null"]},"region":{"type":["string","null"]}}},"Person":{"type":"object","properties":{"enrichedAt":{"type":"string"},"linkedinUrl":{"type":"string"},"provider":{"type":"string"},"connections":{"type":["number","null"]},"education":{"type":"array","items":{"$ref":"#/$defs/Education"}},"email":{"type":["string","null"]},"employments":{"type":"array","items":{"$ref":"#/$defs/Employment"}},"experience":{"type":"array","items":{"$ref":"#/$defs/Experience"}},"firstName":{"type":["string","null"]},"fullName":{"type":["string","null"]},"headline":{"type":["string","null"]},"languages":{"type":"array","items":{"type":"string"}},"lastName":{"type":["string","null"]},"linkedinId":{"type":["string","null"]},"location":{"anyOf":[{"$ref":"#/$defs/PersonLocation"},{"type":"null"}]},"profilePictureUrl":{"type":["string","null"]},"skills":{"type":"array","items":{"type":"string"}},"summary":{"type":["string","null"]}},"required":["enrichedAt","linkedinUrl","provider"]},"Asn":{"type":"object","properties":{"code":{"type":["number","null"]},"name":{"type":["string","null"]}},"required":["code","name"]},"BotManagement":{"type":"object","properties":{"corporateProxy":{"type":["boolean","null"]},"score":{"type":["number","null"]},"verifiedBot":{"type":["boolean","null"]},"verifiedBotCategory":{"type":["string","null"]}},"required":["corporateProxy","score","verifiedBot","verifiedBotCategory"]},"Network":{"type":"object","properties":{"asn":{"$ref":"#/$defs/Asn"},"botManagement":{"$ref":"#/$defs/BotManagement"},"city":{"type":["string","null"]},"colo":{"type":["string","null"]},"continent":{"type":["string","null"]},"country":{"type":["string","null"]},"ip":{"type":["string","null"]},"isEU":{"type":["boolean","null"]},"latitude":{"type":["string","null"]},"longitude":{"type":["string","null"]},"metroCode":{"type":["string","null"]},"postalCode":{"type":["string","null"]},"region":{"type":["string","null"]},"regionCode":{"type":["string","null"]}},"required":["asn","botManagement","city","colo","continent","country","ip","isEU","latitude","longitude","metroCode","postalCode","region","regionCode"]},"Screen":{"type":"object","properties":{"height":{"type":"number"},"width":{"type":"number"}},"required":["height","width"]},"Utm":{"type":"object","properties":{"campaign":{"type":["string","null"]},"content":{"type":["string","null"]},"medium":{"type":["string","null"]},"source":{"type":["string","null"]},"term":{"type":["string","null"]}},"required":["campaign","content","medium","source","term"]},"PageEvent":{"type":"object","properties":{"outlink":{"type":["string","null"]},"props":{"type":["object","null"]},"ref":{"type":["string","null"]},"signal":{"type":"string"},"title":{"type":["string","null"]},"ts":{"type":"number"},"url":{"type":"string"},"v":{"type":"string"}},"required":["outlink","props","ref","signal","title","ts","url","v"]},"SessionEnrichment":{"type":"object","properties":{"enrichedAt":{"type":"number"},"enrichmentData":{"type":"string"}},"required":["enrichedAt","enrichmentData"]},"FinalizedSession":{"type":"object","properties":{"createdAt":{"type":"number"},"endedAt":{"type":["number","null"]},"fbclid":{"type":["string","null"]},"gclid":{"type":["string","null"]},"landingPage":{"type":"string"},"landingTitle":{"type":["string","null"]},"network":{"$ref":"#/$defs/Network"},"pid":{"type":"string"},"referrer":{"type":["string","null"]},"screen":{"$ref":"#/$defs/Screen"},"sid":{"type":"string"},"tenant":{"type":["string","null"]},"timezone":{"type":"string"},"userAgent":{"type":"string"},"utm":{"$ref":"#/$defs/Utm"},"vid":{"type":"string"},"options":{"type":"object"},"lastActivity":{"type":"number"},"events":{"type":"array","items":{"$ref":"#/$defs/PageEvent"}},"enrichments":{"type":"array","items":{"$ref":"#/$defs/SessionEnrichment"}}},"required":["createdAt","endedAt","fbclid","gclid","landingPage","landingTitle","network","pid","referrer","screen","sid","tenant","timezone","userAgent","utm","vid","lastActivity","events"]},"IdentitySessionFinalizedData":{"type":"object","properties":{"enrichment":{"anyOf":[{"$ref":"#/$defs/SessionFindings"},{"type":"null"}]},"eventCount":{"type":"number"},"finalizedAt":{"type":"number"},"session":{"$ref":"#/$defs/FinalizedSession"},"sessionEndedAt":{"type":"number"}},"required":["enrichment","eventCount","finalizedAt","session","sessionEndedAt"]},"IdentityResolvedEvent":{"type":"object","properties":{"id":{"type":"string"},"type":{"type":"string","const":"identity.resolved"},"created":{"type":"integer"},"timestamp":{"type":"string"},"data":{"$ref":"#/$defs/IdentityResolvedData"}},"required":["type","data"],"if":{"properties":{"timestamp":{}},"required":["timestamp"]},"else":{"properties":{"id":{},"created":{}},"required":["id","created"]}},"Attribution":{"type":"object","properties":{"pixelId":{"type":"string"},"prid":{"type":"string"},"sessionId":{"type":"string"},"type":{"type":"string"},"vid":{"type":"string"}},"required":["pixelId","prid","sessionId","type","vid"]},"Demographics":{"type":"object","properties":{"firstName":{"type":["string","null"]},"hasChildren":{"type":["boolean","null"]},"isHomeowner":{"type":["boolean","null"]},"isMarried":{"type":["boolean","null"]},"lastName":{"type":["string","null"]}},"required":["firstName","hasChildren","isHomeowner","isMarried","lastName"]},"IdentityEmail":{"type":"object","properties":{"type":{"type":"string"},"value":{"type":"string"}},"required":["type","value"]},"IdentityLocation":{"type":"object","properties":{"city":{"type":["string","null"]},"country":{"type":["string","null"]},"state":{"type":["string","null"]}},"required":["city","country","state"]},"Professional":{"type":"object","properties":{"companyName":{"type":["string","null"]},"jobTitle":{"type":["string","null"]}},"required":["companyName","jobTitle"]},"ResolvedIdentity":{"type":"object","properties":{"demographics":{"$ref":"#/$defs/Demographics"},"emails":{"type":"array","items":{"$ref":"#/$defs/IdentityEmail"}},"location":{"$ref":"#/$defs/IdentityLocation"},"phones":{"type":"array","items":{"type":"string"}},"professional":{"$ref":"#/$defs/Professional"},"linkedinUrl":{"type":["string","null"]}},"required":["demographics","emails","location","phones","professional","linkedinUrl"]},"Session":{"type":"object","properties":{"createdAt":{"type":"number"},"endedAt":{"type":["number","null"]},"fbclid":{"type":["string","null"]},"gclid":{"type":["string","null"]},"landingPage":{"type":"string"},"landingTitle":{"type":["string","null"]},"network":{"$ref":"#/$defs/Network"},"pid":{"type":"string"},"referrer":{"type":["string","null"]},"screen":{"$ref":"#/$defs/Screen"},"sid":{"type":"string"},"tenant":{"type":["string","null"]},"timezone":{"type":"string"},"userAgent":{"type":"string"},"utm":{"$ref":"#/$defs/Utm"},"vid":{"type":"string"},"options":{"type":"object"}},"required":["createdAt","endedAt","fbclid","gclid","landingPage","landingTitle","network","pid","referrer","screen","sid","tenant","timezone","userAgent","utm","vid"]},"IdentityResolvedData":{"type":"object","properties":{"attribution":{"$ref":"#/$defs/Attribution"},"identity":{"$ref":"#/$defs/ResolvedIdentity"},"session":{"anyOf":[{"$ref":"#/$defs/Session"},{"type":"null"}]}},"required":["attribution","identity","session"]},"IdentityQualifiedEvent":{"type":"object","properties":{"id":{"type":"string"},"type":{"type":"string","const":"identity.qualified"},"created":{"type":"integer"},"timestamp":{"type":"string"},"data":{"$ref":"#/$defs/IdentityQualifiedData"}},"required":["type","data"],"if":{"properties":{"timestamp":{}},"required":["timestamp"]},"else":{"properties":{"id":{},"created":{}},"required":["id","created"]}},"QualifiedIdentity":{"type":"object","properties":{"demographics":{"$ref":"#/$defs/Demographics"},"emails":{"type":"array","items":{"$ref":"#/$defs/IdentityEmail"}},"location":{"$ref":"#/$defs/IdentityLocation"},"phones":{"type":"array","items":{"type":"string"}},"professional":{"$ref":"#/$defs/Professional"},"linkedinUrl":{"type":"string"}},"required":["demographics","emails","location","phones","professional","linkedinUrl"]},"IdentityQualifiedData":{"type":"object","properties":{"attribution":{"$ref":"#/$defs/Attribution"},"identity":{"$ref":"#/$defs/QualifiedIdentity"},"session":{"anyOf":[{"$ref":"#/$defs/Session"},{"type":"null"}]}},"required":["attribution","identity","session"]},"IdentityEnrichedEvent":{"type":"object","properties":{"id":{"type":"string"},"type":{"type":"string","const":"identity.enriched"},"created":{"type":"integer"},"timestamp":{"type":"string"},"data":{"$ref":"#/$defs/IdentityEnrichedData"}},"required":["type","data"],"if":{"properties":{"timestamp":{}},"required":["timestamp"]},"else":{"properties":{"id":{},"created":{}},"required":["id","created"]}},"Enrichment":{"type":"object","properties":{"companies":{"type":"array","items":{"$ref":"#/$defs/Company"}},"emailValidations":{"type":"array","items":{"$ref":"#/$defs/EmailValidation"}},"person":{"anyOf":[{"$ref":"#/$defs/Person"},{"type":"null"}]}},"required":["companies","person"]},"EnrichmentQuery":{"type":"object","properties":{"match":{"type":"string"},"type":{"type":"string"},"value":{"type":"string"}},"required":["match","type","value"]},"IdentityEnrichedData":{"type":"object","properties":{"attribution":{"$ref":"#/$defs/Attribution"},"companiesEnriched":{"type":"number"},"enrichment":{"anyOf":[{"$ref":"#/$defs/Enrichment"},{"type":"null"}]},"query":{"$ref":"#/$defs/EnrichmentQuery"},"session":{"anyOf":[{"$ref":"#/$defs/Session"},{"type":"null"}]}},"required":["attribution","companiesEnriched","enrichment","query","session"]},"IdentityValidatedEvent":{"type":"object","properties":{"id":{"type":"string"},"type":{"type":"string","const":"identity.validated"},"created":{"type":"integer"},"timestamp":{"type":"string"},"data":{"$ref":"#/$defs/IdentityValidatedData"}},"required":["type","data"],"if":{"properties":{"timestamp":{}},"required":["timestamp"]},"else":{"properties":{"id":{},"created":{}},"required":["id","created"]}},"IdentityValidatedData":{"type":"object","properties":{"attribution":{"$ref":"#/$defs/Attribution"},"session":{"anyOf":[{"$ref":"#/$defs/Session"},{"type":"null"}]},"validations":{"type":"array","items":{"$ref":"#/$defs/EmailValidation"}}},"required":["attribution","session","validations"]}}';

const definitionOf: Readonly<Record<string, string>> = {
  "identity.session.finalized": "IdentitySessionFinalizedEvent",
  "identity.resolved": "IdentityResolvedEvent",
  "identity.qualified": "IdentityQualifiedEvent",
  "identity.enriched": "IdentityEnrichedEvent",
  "identity.validated": "IdentityValidatedEvent"
};

let parsed: RootSchema["$defs"] | undefined;

/** Returns the JSON Schema of an event type, without annotations. */
export function schemaOf(type: string): RootSchema {
  parsed ??= JSON.parse(definitions) as RootSchema["$defs"];
  return { $defs: parsed, $ref: `#/$defs/${definitionOf[type]}` };
}
