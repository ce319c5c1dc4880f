import type { Company } from "./companies.js";
import { degrees, fieldsOfStudy, generalSkills, languages, schools } from "./data/people.js";
import type { Fakers } from "./fakers.js";
import { slug } from "./ids.js";
import type { Place } from "./places.js";
import type { Random } from "./random.js";

/** Phone numbers reserved for fiction (NANPA 555-01XX, Ofcom, ACMA); none for countries without a known range. */
function phones(random: Random, country: string): string[] {
  if (!random.chance(0.45)) return [];
  const two = String(random.int(0, 99)).padStart(2, "0");
  if (country === "US" || country === "CA") return [`+1${random.int(201, 989)}55501${two}`];
  if (country === "GB") return [`+447700900${two.padStart(3, "1")}`];
  if (country === "AU") return [`+614915701${two}`];
  return [];
}

function month(random: Random, year: number): string {
  return `${year}-${String(random.int(1, 12)).padStart(2, "0")}`;
}

/** Fixed properties of a person; everything else is generated. */
export interface GivenPerson {
  readonly title?: string;
  /** Share of the fields that the provider knows, 0 to 1. */
  readonly known?: number;
}

/** Creates a person who works at a company. Employments are separate, because an event may contain none of them. */
export function makePerson(
  random: Random,
  fakers: Fakers,
  place: Place,
  company: Company,
  former: readonly Company[],
  index: number,
  until: number,
  given: GivenPerson = {},
) {
  const { country } = place;
  const faker = fakers.use(country.locale, random);
  const firstName = faker.person.firstName();
  const lastName = faker.person.lastName();
  const familyFirst = country.code === "JP" || country.code === "KR";
  const fullName = familyFirst ? `${lastName} ${firstName}` : `${firstName} ${lastName}`;
  const handle = `${slug(`${firstName} ${lastName}`) || "member"}-${index.toString(36)}${random.text(4, "0123456789abcdef")}`;
  const mailName = [slug(firstName), slug(lastName)].filter((part) => part !== "").join(".") || `m${index}`;
  const title = given.title ?? random.pick(company.industry.titles);
  const known = given.known ?? random.decimal(0.2, 0.95);
  const some = <T>(value: T) => random.maybe(known, value);
  const thisYear = new Date(until).getUTCFullYear();
  const since = Math.max(company.founded, thisYear - random.int(1, 9));
  const workMail = `${mailName}@${company.domain}`;
  const privateMail = `${mailName.replaceAll(".", "")}${random.int(1, 99)}@${random.pick(["example.com", "example.net", "example.org"])}`;
  const linkedinUrl = `https://www.linkedin.com/in/${handle}`;
  const job = (at: string) => ({
    title: at,
    description: random.maybe(known * 0.4, fakers.use("en", random).company.catchPhrase()),
    location: some(`${place.city}, ${country.name}`),
    startDate: some(month(random, since)),
    endDate: null,
  });
  let year = since;
  const experience = [];
  for (const employer of former.slice(0, random.int(0, 2))) {
    const endYear = year;
    year -= random.int(1, 5);
    experience.push({
      ...job(random.pick(employer.industry.titles)),
      startDate: some(month(random, year)),
      endDate: some(month(random, endYear)),
      company: { name: employer.name, _type: "basic" as const, ...employer.basic },
    });
  }
  const person = {
    linkedinUrl,
    provider: random.pick(["xK9mP", "qR7nL"] as const),
    firstName: random.maybe(0.95, firstName),
    lastName: random.maybe(0.95, lastName),
    fullName: random.maybe(0.97, fullName),
    linkedinId: some(String(random.int(1_000_000, 999_999_999))),
    headline: some(`${title} at ${company.name}`),
    summary: random.maybe(known * 0.5, `${title}. ${fakers.use("en", random).person.bio()}`),
    profilePictureUrl: some(`https://pictures.example/${random.text(24, "0123456789abcdef")}.jpg`),
    email: some(workMail),
    location: some({
      locality: some(place.city),
      region: some(place.region),
      postalCode: random.maybe(0.3, place.postalCode),
      country: some(country.name),
      countryCode: some(country.code),
      raw: some(`${place.city}, ${place.region}, ${country.name}`),
    }),
    connections: some(Math.min(30_000, Math.round(random.logNormal(480, 0.9)))),
    skills: random.sample([...company.industry.specialties, ...generalSkills], random.int(0, 7)),
    languages: [...new Set([languages[country.code] ?? "English", "English"])].slice(0, random.int(0, 2)),
    experience,
    education: random.chance(known * 0.7)
      ? [
          {
            instituteName: `${random.pick(schools)} ${place.city}`,
            degree: some(random.pick(degrees)),
            fieldOfStudy: some(random.pick(fieldsOfStudy)),
            startDate: some(String(since - 9)),
            endDate: some(String(since - 4)),
            instituteLinkedinId: some(String(random.int(1000, 99_999))),
            instituteLogoUrl: null,
          },
        ]
      : [],
  };
  const hidden = (probability: number) => random.maybe(probability, random.chance(0.5));
  return {
    person,
    company,
    /** True for a person who is only known by a private address: no event names an employer. */
    freemail: false as boolean,
    /** True for a person of whom every event has employer and company. */
    complete: given.known === 1,
    employment: { ...job(title), company: company.full },
    linkedinUrl,
    workMail,
    privateMail,
    identity: {
      demographics: {
        firstName: person.firstName,
        lastName: person.lastName,
        isMarried: hidden(0.4),
        hasChildren: hidden(0.4),
        isHomeowner: hidden(0.4),
      },
      location: {
        city: random.maybe(0.8, place.city),
        state: random.maybe(0.8, place.region),
        country: random.maybe(0.9, country.code),
      },
      professional: { companyName: random.maybe(0.8, company.name), jobTitle: random.maybe(0.75, title) },
      phones: phones(random, country.code),
    },
  };
}

export type Person = ReturnType<typeof makePerson>;
