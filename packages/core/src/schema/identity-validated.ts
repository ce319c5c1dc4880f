import * as z from "zod";
import { attributionSchema } from "./attribution.js";
import { emailValidationSchema } from "./email-validation.js";
import { envelope } from "./envelope.js";
import { section } from "./fields.js";
import { sessionSchema } from "./session.js";

const data = section("IdentityValidatedData", "Results of the checks of a person's e-mail addresses.", {
  attribution: attributionSchema.meta({ description: "The visit to which the identity belongs." }),
  session: sessionSchema.nullable().meta({ description: "The session so far; null when there is none." }),
  validations: z.array(emailValidationSchema).meta({ description: "One result per address." }),
});

/** `identity.validated`: e-mail addresses of a person were checked. */
export const identityValidatedSchema = envelope(
  "identity.validated",
  "IdentityValidatedEvent",
  "E-mail addresses of a person were checked.",
  data,
);
