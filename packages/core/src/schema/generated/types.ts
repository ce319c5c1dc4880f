// Generated from the zod schemas: npx pnpm --filter @sessionhook/core generate
// Its agreement with zod, and with ajv on the published JSON Schema, is held by a property test.

import type { OpenEnum } from "../open-enum.js";

/** The final record of a visitor's session, with the person and companies found for it. */
export interface IdentitySessionFinalizedEvent {
  /** Identifier of the event; equals the webhook-id header. */
  id: string;
  /** Event type. */
  type: "identity.session.finalized";
  /** Time when the event was created, Unix milliseconds. */
  created: number;
  /** Time when the event was created, ISO 8601. Only in older envelopes, instead of id and created. */
  timestamp?: string | undefined;
  /** The content of the event. */
  data: IdentitySessionFinalizedData;
}

/** The person and companies found for a session. */
export interface SessionFindings {
  /** The companies found. */
  companies: Company[];
  /** Checks of the person's e-mail addresses. */
  emailValidations?: EmailValidation[] | undefined;
  /** The person found. */
  person: Person;
}

/** A company with everything known about it. */
export interface Company {
  /** Marks a full company record. */
  _type: "full";
  /** Time of the enrichment, ISO 8601. */
  enrichedAt: string;
  /** Name of the company. */
  name: string;
  /** Code of the data provider. Known values: xK9mP, qR7nL. */
  provider: OpenEnum<"xK9mP" | "qR7nL">;
  /** Postal address. */
  address?: CompanyAddress | null | undefined;
  /** The company's own description of its work. */
  description?: string | null | undefined;
  /** Domain of its website, such as example.com. */
  domain?: string | null | undefined;
  /** Number of employees. */
  employeeCount?: number | null | undefined;
  /** Year it was founded. */
  foundedYear?: number | null | undefined;
  /** Industry it works in. */
  industry?: string | null | undefined;
  /** Identifier of its LinkedIn page. */
  linkedinId?: string | null | undefined;
  /** Address of its LinkedIn page. */
  linkedinUrl?: string | null | undefined;
  /** Address of its logo. */
  logoUrl?: string | null | undefined;
  /** Address of its website. */
  website?: string | null | undefined;
  /** Yearly revenue, as an estimated range. */
  estimatedRevenue?: EstimatedRevenue | null | undefined;
  /** Venture funding. */
  funding?: Funding | null | undefined;
  /** Number of people who work there. */
  headcount?: Headcount | null | undefined;
  /** Followers of its LinkedIn page. */
  linkedinFollowers?: LinkedinFollowers | null | undefined;
  /** Visibility in search engines. */
  seo?: Seo | null | undefined;
  /** Specialties that the company names itself. */
  specialties?: string[] | undefined;
  /** LinkedIn's classification. */
  taxonomy?: Taxonomy | null | undefined;
  /** Traffic of its website. */
  webTraffic?: WebTraffic | null | undefined;
}

/** Postal address of a company. */
export interface CompanyAddress {
  /** Name of the country. */
  country?: string | null | undefined;
  /** ISO 3166-1 alpha-2 code of the country. */
  countryCode?: string | null | undefined;
  /** City or town. */
  locality?: string | null | undefined;
  /** Postal code. */
  postalCode?: string | null | undefined;
  /** State, province or region. */
  region?: string | null | undefined;
}

/** Yearly revenue of a company, as an estimated range. */
export interface EstimatedRevenue {
  /** ISO 4217 code of the currency, such as USD. */
  currency?: string | undefined;
  /** Upper end of the range, in units of the currency. */
  max?: number | null | undefined;
  /** Lower end of the range, in units of the currency. */
  min?: number | null | undefined;
}

/** Venture funding a company has raised. */
export interface Funding {
  /** Days since the last funding round. */
  daysSinceLastRound?: number | null | undefined;
  /** Names of the investors. */
  investors?: string[] | undefined;
  /** Amount of the last round, in US dollars. */
  lastRoundAmountUsd?: number | null | undefined;
  /** Kind of the last round, such as Series B. */
  lastRoundType?: string | null | undefined;
  /** Total raised over all rounds, in US dollars. */
  totalRaisedUsd?: number | null | undefined;
}

/** Number of people who work at a company. */
export interface Headcount {
  /** Change of the headcount, in percent. */
  growth?: HeadcountGrowth | null | undefined;
  /** Number of employees. */
  total?: number | null | undefined;
}

/** Change of a company's headcount, in percent. */
export interface HeadcountGrowth {
  /** Month over month, in percent. */
  mom?: number | null | undefined;
  /** Quarter over quarter, in percent. */
  qoq?: number | null | undefined;
  /** Year over year, in percent. */
  yoy?: number | null | undefined;
}

/** Followers of a company's LinkedIn page. */
export interface LinkedinFollowers {
  /** Number of followers. */
  count?: number | null | undefined;
  /** Change month over month, in percent. */
  momGrowthPercent?: number | null | undefined;
  /** Change quarter over quarter, in percent. */
  qoqGrowthPercent?: number | null | undefined;
  /** Change year over year, in percent. */
  yoyGrowthPercent?: number | null | undefined;
}

/** Visibility of a company in search engines. */
export interface Seo {
  /** Average position of its ads. */
  averageAdRank?: number | null | undefined;
  /** Average position of its organic results. */
  averageOrganicRank?: number | null | undefined;
  /** Estimated ad spend a month, in US dollars. */
  monthlyAdsSpend?: number | null | undefined;
  /** Estimated organic clicks a month. */
  monthlyOrganicClicks?: number | null | undefined;
  /** Estimated value of the organic clicks a month, in US dollars. */
  monthlyOrganicValue?: number | null | undefined;
  /** Estimated paid clicks a month. */
  monthlyPaidClicks?: number | null | undefined;
  /** Number of keywords it ranks for. */
  totalOrganicKeywords?: number | null | undefined;
}

/** LinkedIn's classification of a company. */
export interface Taxonomy {
  /** Industry as LinkedIn names it. */
  linkedinIndustry?: string | null | undefined;
  /** Specialties listed on LinkedIn. */
  linkedinSpecialties?: string[] | undefined;
}

/** Traffic of a company's website. */
export interface WebTraffic {
  /** Change month over month, in percent. */
  momGrowthPercent?: number | null | undefined;
  /** Visitors a month. */
  monthlyVisitors?: number | null | undefined;
  /** Change quarter over quarter, in percent. */
  qoqGrowthPercent?: number | null | undefined;
  /** Sources of the visitors, in percent. */
  trafficSources?: TrafficSources | null | undefined;
}

/** Sources of a website's visitors, in percent. */
export interface TrafficSources {
  /** Direct visits, in percent. */
  directPercent?: number | null | undefined;
  /** Paid referrals, in percent. */
  paidReferralPercent?: number | null | undefined;
  /** Referrals, in percent. */
  referralPercent?: number | null | undefined;
  /** Search engines, in percent. */
  searchPercent?: number | null | undefined;
  /** Social networks, in percent. */
  socialPercent?: number | null | undefined;
}

/** Result of a check of an e-mail address. */
export interface EmailValidation {
  /** The address that was checked. */
  email: string;
  /** Why it could not be checked; null when it was. */
  error: EmailValidationError | null;
  /** Name of the provider that performed the check. */
  provider: string;
  /** Result of the check; null when the address could not be checked. Known values: valid, invalid, catch_all, valid_catch_all. */
  validity: OpenEnum<"valid" | "invalid" | "catch_all" | "valid_catch_all"> | null;
}

/** Why an e-mail address could not be checked. */
export interface EmailValidationError {
  /** Code of the error. */
  code: string;
  /** Description of the failure. */
  message: string;
}

/** A school or university of the résumé. */
export interface Education {
  /** Name of the institution. */
  instituteName: string;
  /** Degree. */
  degree?: string | null | undefined;
  /** End date. */
  endDate?: string | null | undefined;
  /** Subject. */
  fieldOfStudy?: string | null | undefined;
  /** Identifier of the institution's LinkedIn page. */
  instituteLinkedinId?: string | null | undefined;
  /** Address of the institution's logo. */
  instituteLogoUrl?: string | null | undefined;
  /** Start date. */
  startDate?: string | null | undefined;
}

/** A current position, with the full record of the company. */
export interface Employment {
  /** The employer. */
  company: Company;
  /** Job title. */
  title: string;
  /** The person's work there. */
  description?: string | null | undefined;
  /** End date; null if it has not ended. */
  endDate?: string | null | undefined;
  /** Place of the work. */
  location?: string | null | undefined;
  /** Start date. */
  startDate?: string | null | undefined;
}

/** A position of the résumé, with a basic record of the company. */
export interface Experience {
  /** The employer. */
  company: BasicCompany;
  /** Job title. */
  title: string;
  /** The person's work there. */
  description?: string | null | undefined;
  /** End date; null if it has not ended. */
  endDate?: string | null | undefined;
  /** Place of the work. */
  location?: string | null | undefined;
  /** Start date. */
  startDate?: string | null | undefined;
}

/** A company with the details that a résumé gives about it. */
export interface BasicCompany {
  /** Marks a basic company record. */
  _type: "basic";
  /** Name of the company. */
  name: string;
  /** Postal address. */
  address?: CompanyAddress | null | undefined;
  /** The company's own description of its work. */
  description?: string | null | undefined;
  /** Domain of its website, such as example.com. */
  domain?: string | null | undefined;
  /** Number of employees. */
  employeeCount?: number | null | undefined;
  /** Year it was founded. */
  foundedYear?: number | null | undefined;
  /** Industry it works in. */
  industry?: string | null | undefined;
  /** Identifier of its LinkedIn page. */
  linkedinId?: string | null | undefined;
  /** Address of its LinkedIn page. */
  linkedinUrl?: string | null | undefined;
  /** Address of its logo. */
  logoUrl?: string | null | undefined;
  /** Address of its website. */
  website?: string | null | undefined;
}

/** Place where a person lives. */
export interface PersonLocation {
  /** Name of the country. */
  country?: string | null | undefined;
  /** ISO 3166-1 alpha-2 code of the country. */
  countryCode?: string | null | undefined;
  /** City or town. */
  locality?: string | null | undefined;
  /** Postal code. */
  postalCode?: string | null | undefined;
  /** The place as the person wrote it. */
  raw?: string | null | undefined;
  /** State, province or region. */
  region?: string | null | undefined;
}

/** The person found for a visitor. */
export interface Person {
  /** Time when the person was enriched, ISO 8601. */
  enrichedAt: string;
  /** Address of the LinkedIn profile. */
  linkedinUrl: string;
  /** Code of the data provider. Known values: xK9mP, qR7nL. */
  provider: OpenEnum<"xK9mP" | "qR7nL">;
  /** Number of LinkedIn connections. */
  connections?: number | null | undefined;
  /** Schools and universities. */
  education?: Education[] | undefined;
  /** E-mail address. */
  email?: string | null | undefined;
  /** Current positions. */
  employments?: Employment[] | undefined;
  /** Positions of the résumé. */
  experience?: Experience[] | undefined;
  /** First name. */
  firstName?: string | null | undefined;
  /** Full name. */
  fullName?: string | null | undefined;
  /** Headline of the LinkedIn profile. */
  headline?: string | null | undefined;
  /** Languages the person speaks. */
  languages?: string[] | undefined;
  /** Last name. */
  lastName?: string | null | undefined;
  /** Identifier of the LinkedIn profile. */
  linkedinId?: string | null | undefined;
  /** Place where the person lives. */
  location?: PersonLocation | null | undefined;
  /** Address of the profile picture. */
  profilePictureUrl?: string | null | undefined;
  /** Skills listed on the profile. */
  skills?: string[] | undefined;
  /** The person's own summary. */
  summary?: string | null | undefined;
}

/** The autonomous system an address belongs to. */
export interface Asn {
  /** Number of the autonomous system. */
  code: number | null;
  /** Name of its operator. */
  name: string | null;
}

/** Likelihood that the visitor is a program. */
export interface BotManagement {
  /** Whether the visitor came through a corporate proxy. */
  corporateProxy: boolean | null;
  /** 1 (surely a bot) to 99 (surely a human). */
  score: number | null;
  /** Whether it is a bot known by name, such as a search engine's. */
  verifiedBot: boolean | null;
  /** Kind of the known bot. */
  verifiedBotCategory: string | null;
}

/** The network a visitor came from, and where it is. */
export interface Network {
  /** The autonomous system of the address. */
  asn: Asn;
  /** Likelihood that the visitor is a program. */
  botManagement: BotManagement;
  /** City of the address. */
  city: string | null;
  /** Code of the data centre that took the visit, an airport code. */
  colo: string | null;
  /** Two-letter code of the continent. */
  continent: string | null;
  /** ISO 3166-1 alpha-2 code of the country. */
  country: string | null;
  /** IP address. */
  ip: string | null;
  /** Whether the address lies in the European Union. */
  isEU: boolean | null;
  /** Latitude in degrees, as text. */
  latitude: string | null;
  /** Longitude in degrees, as text. */
  longitude: string | null;
  /** Metro code of the region (United States). */
  metroCode: string | null;
  /** Postal code of the address. */
  postalCode: string | null;
  /** Name of the region. */
  region: string | null;
  /** ISO 3166-2 code of the region. */
  regionCode: string | null;
}

/** The visitor's screen. */
export interface Screen {
  /** Height in pixels. */
  height: number;
  /** Width in pixels. */
  width: number;
}

/** Campaign parameters of the landing page's address. */
export interface Utm {
  /** utm_campaign: name of the campaign. */
  campaign: string | null;
  /** utm_content: which ad or link. */
  content: string | null;
  /** utm_medium: kind of channel, such as cpc. */
  medium: string | null;
  /** utm_source: where the visitor came from. */
  source: string | null;
  /** utm_term: the keyword paid for. */
  term: string | null;
}

/** Something the visitor did on the website. */
export interface PageEvent {
  /** Address of an outgoing link that was followed. */
  outlink: string | null;
  /** Properties the website gave to the event. */
  props: { [field: string]: unknown } | null;
  /** Address of the page before. */
  ref: string | null;
  /** Kind of the event, such as a page view. */
  signal: string;
  /** Title of the page. */
  title: string | null;
  /** Time of the event, Unix milliseconds. */
  ts: number;
  /** Address of the page. */
  url: string;
  /** Version of the pixel that reported it. */
  v: string;
}

/** An enrichment made while the session went on. */
export interface SessionEnrichment {
  /** Time of the enrichment, Unix milliseconds. */
  enrichedAt: number;
  /** The result, as text. */
  enrichmentData: string;
}

/** The final record of a visitor's session. */
export interface FinalizedSession {
  /** Time when the session began, Unix milliseconds. */
  createdAt: number;
  /** Time when the session ended, Unix milliseconds. */
  endedAt: number | null;
  /** Facebook click identifier. */
  fbclid: string | null;
  /** Google click identifier. */
  gclid: string | null;
  /** Address of the first page. */
  landingPage: string;
  /** Title of the first page. */
  landingTitle: string | null;
  /** The network the visitor came from, and where it is. */
  network: Network;
  /** Identifier of the pixel on the website, mdb_pxl_… */
  pid: string;
  /** Address of the page the visitor came from. */
  referrer: string | null;
  /** The visitor's screen. */
  screen: Screen;
  /** Identifier of the session. */
  sid: string;
  /** Identifier of the customer's workspace, ws_… */
  tenant: string | null;
  /** IANA name of the visitor's time zone. */
  timezone: string;
  /** The browser's user agent. */
  userAgent: string;
  /** Campaign parameters of the landing page's address. */
  utm: Utm;
  /** Identifier of the visitor, the same over sessions. */
  vid: string;
  /** Settings of the pixel; often empty. */
  options?: { [field: string]: unknown } | undefined;
  /** Time of the visitor's last action, Unix milliseconds. */
  lastActivity: number;
  /** The visitor's actions, in order. */
  events: PageEvent[];
  /** Enrichments made while the session went on. */
  enrichments?: SessionEnrichment[] | undefined;
}

/** A finished session and what was found for it. */
export interface IdentitySessionFinalizedData {
  /** The person and companies found; null for an anonymous visitor. */
  enrichment: SessionFindings | null;
  /** Number of events in the session. */
  eventCount: number;
  /** Time when the session was finalized, Unix milliseconds. */
  finalizedAt: number;
  /** The final record of the session. */
  session: FinalizedSession;
  /** Time when the session ended, Unix milliseconds. */
  sessionEndedAt: number;
}

/** A visitor was resolved to a person. */
export interface IdentityResolvedEvent {
  /** Identifier of the event; equals the webhook-id header. */
  id: string;
  /** Event type. */
  type: "identity.resolved";
  /** Time when the event was created, Unix milliseconds. */
  created: number;
  /** Time when the event was created, ISO 8601. Only in older envelopes, instead of id and created. */
  timestamp?: string | undefined;
  /** The content of the event. */
  data: IdentityResolvedData;
}

/** The visit to which an identity belongs. */
export interface Attribution {
  /** Identifier of the pixel on the website. */
  pixelId: string;
  /** Code of the identity provider. Known values: jNNdd, OMzN4. */
  prid: OpenEnum<"jNNdd" | "OMzN4">;
  /** Identifier of the session. */
  sessionId: string;
  /** Place of the visit. Known values: website. */
  type: OpenEnum<"website">;
  /** Identifier of the visitor. */
  vid: string;
}

/** Demographic data of the person. */
export interface Demographics {
  /** First name. */
  firstName: string | null;
  /** Whether the person has children. */
  hasChildren: boolean | null;
  /** Whether the person owns a home. */
  isHomeowner: boolean | null;
  /** Whether the person is married. */
  isMarried: boolean | null;
  /** Last name. */
  lastName: string | null;
}

/** An e-mail address of the person. */
export interface IdentityEmail {
  /** Use of the address. Known values: personal, professional. */
  type: OpenEnum<"personal" | "professional">;
  /** The address. */
  value: string;
}

/** Place where the person lives. */
export interface IdentityLocation {
  /** City. */
  city: string | null;
  /** Country. */
  country: string | null;
  /** State or region. */
  state: string | null;
}

/** The person's occupation. */
export interface Professional {
  /** Name of the employer. */
  companyName: string | null;
  /** Job title. */
  jobTitle: string | null;
}

/** The person a visitor was resolved to. */
export interface ResolvedIdentity {
  /** Demographic data of the person. */
  demographics: Demographics;
  /** E-mail addresses of the person. */
  emails: IdentityEmail[];
  /** Place where the person lives. */
  location: IdentityLocation;
  /** Telephone numbers of the person. */
  phones: string[];
  /** The person's occupation. */
  professional: Professional;
  /** Address of the LinkedIn profile. */
  linkedinUrl: string | null;
}

/** A visitor's session. */
export interface Session {
  /** Time when the session began, Unix milliseconds. */
  createdAt: number;
  /** Time when the session ended, Unix milliseconds. */
  endedAt: number | null;
  /** Facebook click identifier. */
  fbclid: string | null;
  /** Google click identifier. */
  gclid: string | null;
  /** Address of the first page. */
  landingPage: string;
  /** Title of the first page. */
  landingTitle: string | null;
  /** The network the visitor came from, and where it is. */
  network: Network;
  /** Identifier of the pixel on the website, mdb_pxl_… */
  pid: string;
  /** Address of the page the visitor came from. */
  referrer: string | null;
  /** The visitor's screen. */
  screen: Screen;
  /** Identifier of the session. */
  sid: string;
  /** Identifier of the customer's workspace, ws_… */
  tenant: string | null;
  /** IANA name of the visitor's time zone. */
  timezone: string;
  /** The browser's user agent. */
  userAgent: string;
  /** Campaign parameters of the landing page's address. */
  utm: Utm;
  /** Identifier of the visitor, the same over sessions. */
  vid: string;
  /** Settings of the pixel; often empty. */
  options?: { [field: string]: unknown } | undefined;
}

/** Whom a visitor was resolved to. */
export interface IdentityResolvedData {
  /** The visit to which the identity belongs. */
  attribution: Attribution;
  /** The person. */
  identity: ResolvedIdentity;
  /** The session so far; null when there is none. */
  session: Session | null;
}

/** A resolved person has a LinkedIn profile and is worth enriching. */
export interface IdentityQualifiedEvent {
  /** Identifier of the event; equals the webhook-id header. */
  id: string;
  /** Event type. */
  type: "identity.qualified";
  /** Time when the event was created, Unix milliseconds. */
  created: number;
  /** Time when the event was created, ISO 8601. Only in older envelopes, instead of id and created. */
  timestamp?: string | undefined;
  /** The content of the event. */
  data: IdentityQualifiedData;
}

/** A resolved person with a LinkedIn profile. */
export interface QualifiedIdentity {
  /** Demographic data of the person. */
  demographics: Demographics;
  /** E-mail addresses of the person. */
  emails: IdentityEmail[];
  /** Place where the person lives. */
  location: IdentityLocation;
  /** Telephone numbers of the person. */
  phones: string[];
  /** The person's occupation. */
  professional: Professional;
  /** Address of the LinkedIn profile. */
  linkedinUrl: string;
}

/** A person with a LinkedIn profile, and the visit. */
export interface IdentityQualifiedData {
  /** The visit to which the identity belongs. */
  attribution: Attribution;
  /** The person. */
  identity: QualifiedIdentity;
  /** The session so far; null when there is none. */
  session: Session | null;
}

/** A person was enriched with a profile and companies. */
export interface IdentityEnrichedEvent {
  /** Identifier of the event; equals the webhook-id header. */
  id: string;
  /** Event type. */
  type: "identity.enriched";
  /** Time when the event was created, Unix milliseconds. */
  created: number;
  /** Time when the event was created, ISO 8601. Only in older envelopes, instead of id and created. */
  timestamp?: string | undefined;
  /** The content of the event. */
  data: IdentityEnrichedData;
}

/** The person and companies an enrichment found. */
export interface Enrichment {
  /** The companies found. */
  companies: Company[];
  /** Checks of the person's e-mail addresses. */
  emailValidations?: EmailValidation[] | undefined;
  /** The person found; null when there is none. */
  person: Person | null;
}

/** The query to the data provider. */
export interface EnrichmentQuery {
  /** Field the query matches on. Known values: linkedinUrl. */
  match: OpenEnum<"linkedinUrl">;
  /** Kind of record asked for. Known values: person. */
  type: OpenEnum<"person">;
  /** The value that was looked up. */
  value: string;
}

/** The result of an enrichment. */
export interface IdentityEnrichedData {
  /** The visit to which the identity belongs. */
  attribution: Attribution;
  /** Number of enriched companies. */
  companiesEnriched: number;
  /** The person and companies found; null if there are none. */
  enrichment: Enrichment | null;
  /** The query. */
  query: EnrichmentQuery;
  /** The session so far; null when there is none. */
  session: Session | null;
}

/** E-mail addresses of a person were checked. */
export interface IdentityValidatedEvent {
  /** Identifier of the event; equals the webhook-id header. */
  id: string;
  /** Event type. */
  type: "identity.validated";
  /** Time when the event was created, Unix milliseconds. */
  created: number;
  /** Time when the event was created, ISO 8601. Only in older envelopes, instead of id and created. */
  timestamp?: string | undefined;
  /** The content of the event. */
  data: IdentityValidatedData;
}

/** Results of the checks of a person's e-mail addresses. */
export interface IdentityValidatedData {
  /** The visit to which the identity belongs. */
  attribution: Attribution;
  /** The session so far; null when there is none. */
  session: Session | null;
  /** One result per address. */
  validations: EmailValidation[];
}

/** The event types this version knows. */
export type EventType =
  | "identity.session.finalized"
  | "identity.resolved"
  | "identity.qualified"
  | "identity.enriched"
  | "identity.validated";

/** An event that fits the schema of its type, with `id` and `created`: narrow it with `switch (event.type)`. */
export type KnownEvent =
  | IdentitySessionFinalizedEvent
  | IdentityResolvedEvent
  | IdentityQualifiedEvent
  | IdentityEnrichedEvent
  | IdentityValidatedEvent;
