import { group } from "../definition.js";
import { usableJudgements } from "../emails.js";
import { linkedinUrl } from "../linkedin.js";
import { at, entriesOf, textAt } from "../read.js";
import { seniorities, seniorityOf } from "../seniority.js";
import type { Source } from "../source.js";

const bestEmail = ({ emails }: Source) => emails.find(({ judgement }) => judgement !== "invalid");
const demographics = ({ identity }: Source) => at(identity, "demographics");
const home = ({ person }: Source) => at(person, "location");
const resolvedHome = ({ identity }: Source) => at(identity, "location");

function firstName(source: Source) {
  return textAt(source.person, "firstName") ?? textAt(demographics(source), "firstName");
}

function lastName(source: Source) {
  return textAt(source.person, "lastName") ?? textAt(demographics(source), "lastName");
}

function fullName(source: Source) {
  const parts = [firstName(source)?.trim(), lastName(source)?.trim()];
  return textAt(source.person, "fullName") ?? parts.filter((part) => part !== undefined).join(" ");
}

const profile = (field: string, type: "string" | "number" | "string[]", description: string, from = field) =>
  [
    field,
    type,
    description,
    `\`data.enrichment.person.${from}\``,
    ({ person }: Source) => at(person, from),
  ] as const;

const demographic = (field: string, description: string) =>
  [
    field,
    "boolean",
    description,
    `\`data.identity.demographics.${field}\``,
    (source: Source) => at(demographics(source), field),
  ] as const;

export const personFacts = group("person", [
  [
    "firstName",
    "string",
    "First name.",
    "`data.enrichment.person.firstName`, else `data.identity.demographics.firstName`",
    firstName,
  ],
  [
    "lastName",
    "string",
    "Last name.",
    "`data.enrichment.person.lastName`, else `data.identity.demographics.lastName`",
    lastName,
  ],
  [
    "fullName",
    "string",
    "Full name.",
    "`data.enrichment.person.fullName`, else first and last name",
    fullName,
  ],
  [
    "title",
    "string",
    "Job title of the current position.",
    "`data.enrichment.person.employments[].title` of the current one, else `experience[].title` of the current one, else `data.identity.professional.jobTitle`",
    ({ title }) => title,
  ],
  [
    "seniority",
    seniorities,
    "Guess of the seniority.",
    "words of `title`; absent if it has none of those known",
    ({ title }) => seniorityOf(title),
  ],
  profile("headline", "string", "Headline of the LinkedIn profile."),
  [
    "email",
    "string",
    "Best e-mail address, in lower case. An address that was found invalid is never the best.",
    "`emails`: valid before risky before unknown, then addresses at work before others, then in the order received",
    (source) => bestEmail(source)?.address,
  ],
  [
    "emailStatus",
    usableJudgements,
    "Judgement of `email`.",
    "`data.enrichment.emailValidations`, else `data.validations`: `valid` and `valid_catch_all` are valid, `catch_all` is risky, anything else is unknown; the most cautious of several counts",
    (source) => bestEmail(source)?.judgement,
  ],
  [
    "emailDomain",
    "string",
    "What follows the @ of `email`.",
    "`email`",
    (source) => bestEmail(source)?.domain,
  ],
  [
    "emailIsFreemail",
    "boolean",
    "Whether `email` is at a provider of free or disposable mailboxes, such as gmail.com.",
    "`emailDomain` or its registrable domain is on the list of the npm package free-email-domains",
    (source) => bestEmail(source)?.freemail,
  ],
  [
    "emails",
    "string[]",
    "All e-mail addresses, in lower case, each once, best first; those found invalid last.",
    "`data.enrichment.person.email`, `data.identity.emails[].value`, and the addresses of `emailStatus`",
    ({ emails }) => emails.map(({ address }) => address),
  ],
  [
    "phones",
    "string[]",
    "Telephone numbers.",
    "`data.identity.phones`",
    ({ identity }) => at(identity, "phones"),
  ],
  [
    "linkedinUrl",
    "string",
    "Address of the LinkedIn profile, without query and trailing slash; in lower case, except for the identifier of a member, such as ACoAAB2cDeFgHi.",
    "`data.enrichment.person.linkedinUrl`, else `data.identity.linkedinUrl`, else `data.query.value`",
    ({ person, identity, queriedLinkedinUrl }) =>
      linkedinUrl(textAt(person, "linkedinUrl") ?? textAt(identity, "linkedinUrl") ?? queriedLinkedinUrl),
  ],
  profile("linkedinId", "string", "Identifier of the LinkedIn profile."),
  profile("connections", "number", "Number of LinkedIn connections."),
  [
    "country",
    "string",
    "Country where the person lives.",
    "`data.enrichment.person.location.country`, else `data.identity.location.country`",
    (source) => textAt(home(source), "country") ?? at(resolvedHome(source), "country"),
  ],
  [
    "countryCode",
    "string",
    "ISO 3166-1 alpha-2 code of that country.",
    "`data.enrichment.person.location.countryCode`",
    (source) => at(home(source), "countryCode"),
  ],
  [
    "region",
    "string",
    "State, province or region where the person lives.",
    "`data.enrichment.person.location.region`, else `data.identity.location.state`",
    (source) => textAt(home(source), "region") ?? at(resolvedHome(source), "state"),
  ],
  [
    "city",
    "string",
    "City or town where the person lives.",
    "`data.enrichment.person.location.locality`, else `data.identity.location.city`",
    (source) => textAt(home(source), "locality") ?? at(resolvedHome(source), "city"),
  ],
  [
    "postalCode",
    "string",
    "Postal code where the person lives.",
    "`data.enrichment.person.location.postalCode`",
    (source) => at(home(source), "postalCode"),
  ],
  [
    "location",
    "string",
    "The place as the person wrote it.",
    "`data.enrichment.person.location.raw`",
    (source) => at(home(source), "raw"),
  ],
  profile("pictureUrl", "string", "Address of the profile picture.", "profilePictureUrl"),
  profile("summary", "string", "The person's own summary."),
  profile("skills", "string[]", "Skills listed on the profile."),
  profile("languages", "string[]", "Languages the person speaks."),
  [
    "schools",
    "string[]",
    "Schools and universities.",
    "`data.enrichment.person.education[].instituteName`",
    ({ person }) => entriesOf(at(person, "education")).map((school) => at(school, "instituteName")),
  ],
  demographic("hasChildren", "Whether the person has children."),
  demographic("isHomeowner", "Whether the person owns a home."),
  demographic("isMarried", "Whether the person is married."),
]);
