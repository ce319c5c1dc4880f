// Generated from packages/core/src/facts: npx pnpm --filter @sessionhook/core generate

/** The flat row derived from one event. An absent fact has no key. */
export interface Facts {
  /** `event.id`: Identifier of the event; equals the webhook-id header. */
  readonly eventId?: string | undefined;
  /** `event.type`: Event type, such as identity.session.finalized. */
  readonly eventType?: string | undefined;
  /** `event.createdAt`: When the event was made, Unix milliseconds. */
  readonly eventCreatedAt?: number | undefined;
  /** `event.finalizedAt`: When the record of the session was made final, Unix milliseconds. */
  readonly eventFinalizedAt?: number | undefined;
  /** `person.firstName`: First name. */
  readonly personFirstName?: string | undefined;
  /** `person.lastName`: Last name. */
  readonly personLastName?: string | undefined;
  /** `person.fullName`: Full name. */
  readonly personFullName?: string | undefined;
  /** `person.title`: Job title of the current position. */
  readonly personTitle?: string | undefined;
  /** `person.seniority`: Guess of the seniority. */
  readonly personSeniority?: "entry" | "founder" | "vp" | "c_level" | "director" | "manager" | "senior" | undefined;
  /** `person.headline`: Headline of the LinkedIn profile. */
  readonly personHeadline?: string | undefined;
  /** `person.email`: Best e-mail address, in lower case. An address that was found invalid is never the best. */
  readonly personEmail?: string | undefined;
  /** `person.emailStatus`: Judgement of `email`. */
  readonly personEmailStatus?: "valid" | "risky" | "unknown" | undefined;
  /** `person.emailDomain`: What follows the @ of `email`. */
  readonly personEmailDomain?: string | undefined;
  /** `person.emailIsFreemail`: Whether `email` is at a provider of free or disposable mailboxes, such as gmail.com. */
  readonly personEmailIsFreemail?: boolean | undefined;
  /** `person.emails`: All e-mail addresses, in lower case, each once, best first; those found invalid last. */
  readonly personEmails?: readonly string[] | undefined;
  /** `person.phones`: Telephone numbers. */
  readonly personPhones?: readonly string[] | undefined;
  /** `person.linkedinUrl`: Address of the LinkedIn profile, without query and trailing slash; in lower case, except for the identifier of a member, such as ACoAAB2cDeFgHi. */
  readonly personLinkedinUrl?: string | undefined;
  /** `person.linkedinId`: Identifier of the LinkedIn profile. */
  readonly personLinkedinId?: string | undefined;
  /** `person.connections`: Number of LinkedIn connections. */
  readonly personConnections?: number | undefined;
  /** `person.country`: Country where the person lives. */
  readonly personCountry?: string | undefined;
  /** `person.countryCode`: ISO 3166-1 alpha-2 code of that country. */
  readonly personCountryCode?: string | undefined;
  /** `person.region`: State, province or region where the person lives. */
  readonly personRegion?: string | undefined;
  /** `person.city`: City or town where the person lives. */
  readonly personCity?: string | undefined;
  /** `person.postalCode`: Postal code where the person lives. */
  readonly personPostalCode?: string | undefined;
  /** `person.location`: The place as the person wrote it. */
  readonly personLocation?: string | undefined;
  /** `person.pictureUrl`: Address of the profile picture. */
  readonly personPictureUrl?: string | undefined;
  /** `person.summary`: The person's own summary. */
  readonly personSummary?: string | undefined;
  /** `person.skills`: Skills listed on the profile. */
  readonly personSkills?: readonly string[] | undefined;
  /** `person.languages`: Languages the person speaks. */
  readonly personLanguages?: readonly string[] | undefined;
  /** `person.schools`: Schools and universities. */
  readonly personSchools?: readonly string[] | undefined;
  /** `person.hasChildren`: Whether the person has children. */
  readonly personHasChildren?: boolean | undefined;
  /** `person.isHomeowner`: Whether the person owns a home. */
  readonly personIsHomeowner?: boolean | undefined;
  /** `person.isMarried`: Whether the person is married. */
  readonly personIsMarried?: boolean | undefined;
  /** `company.name`: Name of the company. */
  readonly companyName?: string | undefined;
  /** `company.domain`: Registrable domain, in lower case and ASCII, without www. */
  readonly companyDomain?: string | undefined;
  /** `company.source`: Where the company was found. */
  readonly companySource?: "employment" | "companies" | "experience" | "identity" | "email" | undefined;
  /** `company.website`: Address of its website. */
  readonly companyWebsite?: string | undefined;
  /** `company.linkedinUrl`: Address of its LinkedIn page, in lower case, without query and trailing slash. */
  readonly companyLinkedinUrl?: string | undefined;
  /** `company.linkedinId`: Identifier of its LinkedIn page. */
  readonly companyLinkedinId?: string | undefined;
  /** `company.logoUrl`: Address of its logo. */
  readonly companyLogoUrl?: string | undefined;
  /** `company.description`: What the company does, in its own words. */
  readonly companyDescription?: string | undefined;
  /** `company.industry`: Industry it works in. */
  readonly companyIndustry?: string | undefined;
  /** `company.linkedinIndustry`: Industry as LinkedIn names it. */
  readonly companyLinkedinIndustry?: string | undefined;
  /** `company.specialties`: Specialties that the company names itself. */
  readonly companySpecialties?: readonly string[] | undefined;
  /** `company.employeeCount`: Number of employees. */
  readonly companyEmployeeCount?: number | undefined;
  /** `company.headcountGrowthMom`: Change of the headcount month over month, in percent. */
  readonly companyHeadcountGrowthMom?: number | undefined;
  /** `company.headcountGrowthQoq`: Change of the headcount quarter over quarter, in percent. */
  readonly companyHeadcountGrowthQoq?: number | undefined;
  /** `company.headcountGrowthYoy`: Change of the headcount year over year, in percent. */
  readonly companyHeadcountGrowthYoy?: number | undefined;
  /** `company.foundedYear`: Year it was founded. */
  readonly companyFoundedYear?: number | undefined;
  /** `company.country`: Name of the country. */
  readonly companyCountry?: string | undefined;
  /** `company.countryCode`: ISO 3166-1 alpha-2 code of the country. */
  readonly companyCountryCode?: string | undefined;
  /** `company.region`: State, province or region. */
  readonly companyRegion?: string | undefined;
  /** `company.city`: City or town. */
  readonly companyCity?: string | undefined;
  /** `company.postalCode`: Postal code. */
  readonly companyPostalCode?: string | undefined;
  /** `company.revenueMin`: Lower end of the estimated yearly revenue. */
  readonly companyRevenueMin?: number | undefined;
  /** `company.revenueMax`: Upper end of the estimated yearly revenue. */
  readonly companyRevenueMax?: number | undefined;
  /** `company.revenueCurrency`: ISO 4217 code of the currency of the revenue. */
  readonly companyRevenueCurrency?: string | undefined;
  /** `company.fundingTotalUsd`: Total raised over all rounds, in US dollars. */
  readonly companyFundingTotalUsd?: number | undefined;
  /** `company.fundingLastRoundType`: Kind of the last round, such as Series B. */
  readonly companyFundingLastRoundType?: string | undefined;
  /** `company.fundingLastRoundUsd`: Amount of the last round, in US dollars. */
  readonly companyFundingLastRoundUsd?: number | undefined;
  /** `company.fundingDaysSinceLastRound`: Days since the last funding round. */
  readonly companyFundingDaysSinceLastRound?: number | undefined;
  /** `company.investors`: Names of the investors. */
  readonly companyInvestors?: readonly string[] | undefined;
  /** `company.monthlyVisitors`: Visitors of its website a month. */
  readonly companyMonthlyVisitors?: number | undefined;
  /** `company.trafficGrowthMom`: Change of the visitors month over month, in percent. */
  readonly companyTrafficGrowthMom?: number | undefined;
  /** `company.trafficGrowthQoq`: Change of the visitors quarter over quarter, in percent. */
  readonly companyTrafficGrowthQoq?: number | undefined;
  /** `company.trafficDirectPercent`: Direct visits, in percent. */
  readonly companyTrafficDirectPercent?: number | undefined;
  /** `company.trafficSearchPercent`: Visits from search engines, in percent. */
  readonly companyTrafficSearchPercent?: number | undefined;
  /** `company.trafficSocialPercent`: Visits from social networks, in percent. */
  readonly companyTrafficSocialPercent?: number | undefined;
  /** `company.trafficReferralPercent`: Visits from referrals, in percent. */
  readonly companyTrafficReferralPercent?: number | undefined;
  /** `company.trafficPaidReferralPercent`: Visits from paid referrals, in percent. */
  readonly companyTrafficPaidReferralPercent?: number | undefined;
  /** `company.linkedinFollowers`: Followers of its LinkedIn page. */
  readonly companyLinkedinFollowers?: number | undefined;
  /** `company.linkedinFollowersGrowthMom`: Change of the followers month over month, in percent. */
  readonly companyLinkedinFollowersGrowthMom?: number | undefined;
  /** `company.linkedinFollowersGrowthQoq`: Change of the followers quarter over quarter, in percent. */
  readonly companyLinkedinFollowersGrowthQoq?: number | undefined;
  /** `company.linkedinFollowersGrowthYoy`: Change of the followers year over year, in percent. */
  readonly companyLinkedinFollowersGrowthYoy?: number | undefined;
  /** `company.seoOrganicClicks`: Estimated organic clicks a month. */
  readonly companySeoOrganicClicks?: number | undefined;
  /** `company.seoPaidClicks`: Estimated paid clicks a month. */
  readonly companySeoPaidClicks?: number | undefined;
  /** `company.seoOrganicValue`: Estimated value of the organic clicks a month, in US dollars. */
  readonly companySeoOrganicValue?: number | undefined;
  /** `company.seoAdsSpend`: Estimated ad spend a month, in US dollars. */
  readonly companySeoAdsSpend?: number | undefined;
  /** `company.seoOrganicRank`: Average position of its organic results. */
  readonly companySeoOrganicRank?: number | undefined;
  /** `company.seoAdRank`: Average position of its ads. */
  readonly companySeoAdRank?: number | undefined;
  /** `company.seoOrganicKeywords`: Number of keywords it ranks for. */
  readonly companySeoOrganicKeywords?: number | undefined;
  /** `session.id`: Identifier of the session. */
  readonly sessionId?: string | undefined;
  /** `session.visitorId`: Identifier of the visitor, the same over sessions. */
  readonly sessionVisitorId?: string | undefined;
  /** `session.pixelId`: Identifier of the pixel on the website. */
  readonly sessionPixelId?: string | undefined;
  /** `session.tenant`: Identifier of the customer's workspace. */
  readonly sessionTenant?: string | undefined;
  /** `session.startedAt`: When the session began, Unix milliseconds. */
  readonly sessionStartedAt?: number | undefined;
  /** `session.endedAt`: When the session ended, Unix milliseconds. */
  readonly sessionEndedAt?: number | undefined;
  /** `session.durationSeconds`: How long the session lasted, in seconds with a fraction. */
  readonly sessionDurationSeconds?: number | undefined;
  /** `session.eventCount`: Number of events of the session. */
  readonly sessionEventCount?: number | undefined;
  /** `session.signals`: Kinds of the events of the session, such as page_view, each once in the order of the first. */
  readonly sessionSignals?: readonly string[] | undefined;
  /** `session.pageCount`: Number of different pages of the session, those beyond the limit of `pages` included. */
  readonly sessionPageCount?: number | undefined;
  /** `session.landingPage`: Address of the first page, as received. */
  readonly sessionLandingPage?: string | undefined;
  /** `session.landingPath`: Path of the first page, without host, query and fragment. */
  readonly sessionLandingPath?: string | undefined;
  /** `session.landingTitle`: Title of the first page. */
  readonly sessionLandingTitle?: string | undefined;
  /** `session.lastPage`: Address of the last page, as received. */
  readonly sessionLastPage?: string | undefined;
  /** `session.lastPath`: Path of the last page, without host, query and fragment. */
  readonly sessionLastPath?: string | undefined;
  /** `session.referrer`: Address of the page the visitor came from, as received. */
  readonly sessionReferrer?: string | undefined;
  /** `session.referrerDomain`: Registrable domain of the page the visitor came from, such as google.com. */
  readonly sessionReferrerDomain?: string | undefined;
  /** `session.gclid`: Google click identifier. */
  readonly sessionGclid?: string | undefined;
  /** `session.fbclid`: Facebook click identifier. */
  readonly sessionFbclid?: string | undefined;
  /** `pages`: Paths of the visited pages in the order of the first visit, each once: `/pricing`, without host, query and fragment. At most 500. */
  readonly pages?: readonly string[] | undefined;
  /** `utm.source`: utm_source: where the visitor came from. */
  readonly utmSource?: string | undefined;
  /** `utm.medium`: utm_medium: kind of channel, such as cpc. */
  readonly utmMedium?: string | undefined;
  /** `utm.campaign`: utm_campaign: name of the campaign. */
  readonly utmCampaign?: string | undefined;
  /** `utm.term`: utm_term: the keyword paid for. */
  readonly utmTerm?: string | undefined;
  /** `utm.content`: utm_content: which ad or link. */
  readonly utmContent?: string | undefined;
  /** `visit.country`: ISO 3166-1 alpha-2 code of the country the visit came from. */
  readonly visitCountry?: string | undefined;
  /** `visit.region`: Name of the region the visit came from. */
  readonly visitRegion?: string | undefined;
  /** `visit.regionCode`: ISO 3166-2 code of that region. */
  readonly visitRegionCode?: string | undefined;
  /** `visit.city`: City the visit came from. */
  readonly visitCity?: string | undefined;
  /** `visit.postalCode`: Postal code the visit came from. */
  readonly visitPostalCode?: string | undefined;
  /** `visit.metroCode`: Metro code of the region (United States). */
  readonly visitMetroCode?: string | undefined;
  /** `visit.continent`: Two-letter code of the continent. */
  readonly visitContinent?: string | undefined;
  /** `visit.isEU`: Whether the visit came from the European Union. */
  readonly visitIsEU?: boolean | undefined;
  /** `visit.timezone`: IANA name of the visitor's time zone. */
  readonly visitTimezone?: string | undefined;
  /** `network.ip`: IP address of the visitor. */
  readonly networkIp?: string | undefined;
  /** `network.asn`: Number of the autonomous system. */
  readonly networkAsn?: number | undefined;
  /** `network.isp`: Operator of the autonomous system, such as the visitor's provider or employer. */
  readonly networkIsp?: string | undefined;
  /** `network.corporateProxy`: Whether the visitor came through a corporate proxy. */
  readonly networkCorporateProxy?: boolean | undefined;
  /** `device.type`: Kind of the device. */
  readonly deviceType?: "desktop" | "mobile" | "tablet" | "bot" | undefined;
  /** `device.browser`: Browser. */
  readonly deviceBrowser?: "Edge" | "Opera" | "Samsung Internet" | "Vivaldi" | "Yandex" | "DuckDuckGo" | "Firefox" | "Chrome" | "Safari" | undefined;
  /** `device.os`: Operating system. */
  readonly deviceOs?: "iOS" | "Android" | "Windows" | "ChromeOS" | "macOS" | "Linux" | undefined;
  /** `device.userAgent`: The browser's user agent. */
  readonly deviceUserAgent?: string | undefined;
  /** `device.screenWidth`: Width of the screen in pixels. */
  readonly deviceScreenWidth?: number | undefined;
  /** `device.screenHeight`: Height of the screen in pixels. */
  readonly deviceScreenHeight?: number | undefined;
  /** `bot.score`: 1 (surely a bot) to 99 (surely a human). */
  readonly botScore?: number | undefined;
  /** `bot.verified`: Whether it is a bot known by name, such as a search engine's. */
  readonly botVerified?: boolean | undefined;
  /** `bot.category`: Kind of the known bot. */
  readonly botCategory?: string | undefined;
  /** `bot.likely`: Whether the visitor is likely a program. */
  readonly botLikely?: boolean | undefined;
}
