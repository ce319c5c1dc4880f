import * as z from "zod";
import { flagOrNull, openEnum, section, text, textList, textOrNull } from "./fields.js";

const demographicsSchema = section("Demographics", "Demographic data of the person.", {
  firstName: textOrNull("First name."),
  hasChildren: flagOrNull("Whether the person has children."),
  isHomeowner: flagOrNull("Whether the person owns a home."),
  isMarried: flagOrNull("Whether the person is married."),
  lastName: textOrNull("Last name."),
});

const identityEmailSchema = section("IdentityEmail", "An e-mail address of the person.", {
  type: openEnum(["personal", "professional"], "Use of the address."),
  value: text("The address."),
});

const identityLocationSchema = section("IdentityLocation", "Place where the person lives.", {
  city: textOrNull("City."),
  country: textOrNull("Country."),
  state: textOrNull("State or region."),
});

const professionalSchema = section("Professional", "The person's occupation.", {
  companyName: textOrNull("Name of the employer."),
  jobTitle: textOrNull("Job title."),
});

const identity = {
  demographics: demographicsSchema.meta({ description: "Demographic data of the person." }),
  emails: z.array(identityEmailSchema).meta({ description: "E-mail addresses of the person." }),
  location: identityLocationSchema.meta({ description: "Place where the person lives." }),
  phones: textList("Telephone numbers of the person."),
  professional: professionalSchema.meta({ description: "The person's occupation." }),
};

/** A person as `identity.resolved` describes it. */
export const resolvedIdentitySchema = section("ResolvedIdentity", "The person a visitor was resolved to.", {
  ...identity,
  linkedinUrl: textOrNull("Address of the LinkedIn profile."),
});

/** A person as `identity.qualified` describes it: the LinkedIn profile is always known. */
export const qualifiedIdentitySchema = section(
  "QualifiedIdentity",
  "A resolved person with a LinkedIn profile.",
  {
    ...identity,
    linkedinUrl: text("Address of the LinkedIn profile."),
  },
);
