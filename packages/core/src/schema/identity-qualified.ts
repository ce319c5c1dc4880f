import { attributionSchema } from "./attribution.js";
import { envelope } from "./envelope.js";
import { section } from "./fields.js";
import { qualifiedIdentitySchema } from "./identity.js";
import { sessionSchema } from "./session.js";

const data = section("IdentityQualifiedData", "A person with a LinkedIn profile, and the visit.", {
  attribution: attributionSchema.meta({ description: "The visit to which the identity belongs." }),
  identity: qualifiedIdentitySchema.meta({ description: "The person." }),
  session: sessionSchema.nullable().meta({ description: "The session so far; null when there is none." }),
});

/** `identity.qualified`: a resolved person has a LinkedIn profile and is worth enriching. */
export const identityQualifiedSchema = envelope(
  "identity.qualified",
  "IdentityQualifiedEvent",
  "A resolved person has a LinkedIn profile and is worth enriching.",
  data,
);
