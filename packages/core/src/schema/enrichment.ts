import * as z from "zod";
import { companySchema } from "./company.js";
import { emailValidationSchema } from "./email-validation.js";
import { section } from "./fields.js";
import { personSchema } from "./person.js";

const found = {
  companies: z.array(companySchema).meta({ description: "The companies found." }),
  emailValidations: z
    .array(emailValidationSchema)
    .optional()
    .meta({ description: "Checks of the person's e-mail addresses." }),
};

/** Enrichment of a finished session: always with a person. */
export const sessionFindingsSchema = section(
  "SessionFindings",
  "The person and companies found for a session.",
  {
    ...found,
    person: personSchema.meta({ description: "The person found." }),
  },
);

/** Result of an enrichment: the person may be missing. */
export const enrichmentSchema = section("Enrichment", "The person and companies an enrichment found.", {
  ...found,
  person: personSchema.nullable().meta({ description: "The person found; null when there is none." }),
});
