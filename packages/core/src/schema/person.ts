import * as z from "zod";
import { basicCompanySchema, companySchema, enrichmentProviders } from "./company.js";
import {
  maybeEmail,
  maybeNumber,
  maybeText,
  maybeTextList,
  maybeUri,
  openEnum,
  section,
  text,
  uri,
} from "./fields.js";

const personLocationSchema = section("PersonLocation", "Place where a person lives.", {
  country: maybeText("Name of the country."),
  countryCode: maybeText("ISO 3166-1 alpha-2 code of the country."),
  locality: maybeText("City or town."),
  postalCode: maybeText("Postal code."),
  raw: maybeText("The place as the person wrote it."),
  region: maybeText("State, province or region."),
});

/** Fields that a current and a past position have in common. */
const position = {
  title: text("Job title."),
  description: maybeText("The person's work there."),
  endDate: maybeText("End date; null if it has not ended."),
  location: maybeText("Place of the work."),
  startDate: maybeText("Start date."),
};

const employmentSchema = section("Employment", "A current position, with the full record of the company.", {
  company: companySchema.meta({ description: "The employer." }),
  ...position,
});

const experienceSchema = section(
  "Experience",
  "A position of the résumé, with a basic record of the company.",
  {
    company: basicCompanySchema.meta({ description: "The employer." }),
    ...position,
  },
);

const educationSchema = section("Education", "A school or university of the résumé.", {
  instituteName: text("Name of the institution."),
  degree: maybeText("Degree."),
  endDate: maybeText("End date."),
  fieldOfStudy: maybeText("Subject."),
  instituteLinkedinId: maybeText("Identifier of the institution's LinkedIn page."),
  instituteLogoUrl: maybeUri("Address of the institution's logo."),
  startDate: maybeText("Start date."),
});

export const personSchema = section("Person", "The person found for a visitor.", {
  enrichedAt: text("Time when the person was enriched, ISO 8601."),
  linkedinUrl: uri("Address of the LinkedIn profile."),
  provider: openEnum(enrichmentProviders, "Code of the data provider."),
  connections: maybeNumber("Number of LinkedIn connections."),
  education: z.array(educationSchema).optional().meta({ description: "Schools and universities." }),
  email: maybeEmail("E-mail address."),
  employments: z.array(employmentSchema).optional().meta({ description: "Current positions." }),
  experience: z.array(experienceSchema).optional().meta({ description: "Positions of the résumé." }),
  firstName: maybeText("First name."),
  fullName: maybeText("Full name."),
  headline: maybeText("Headline of the LinkedIn profile."),
  languages: maybeTextList("Languages the person speaks."),
  lastName: maybeText("Last name."),
  linkedinId: maybeText("Identifier of the LinkedIn profile."),
  location: personLocationSchema.nullish().meta({ description: "Place where the person lives." }),
  profilePictureUrl: maybeUri("Address of the profile picture."),
  skills: maybeTextList("Skills listed on the profile."),
  summary: maybeText("The person's own summary."),
});
