import { attributionSchema } from "./attribution.js";
import { envelope } from "./envelope.js";
import { section } from "./fields.js";
import { resolvedIdentitySchema } from "./identity.js";
import { sessionSchema } from "./session.js";

const data = section("IdentityResolvedData", "Whom a visitor was resolved to.", {
  attribution: attributionSchema.meta({ description: "The visit to which the identity belongs." }),
  identity: resolvedIdentitySchema.meta({ description: "The person." }),
  session: sessionSchema.nullable().meta({ description: "The session so far; null when there is none." }),
});

/** `identity.resolved`: a visitor was resolved to a person. */
export const identityResolvedSchema = envelope(
  "identity.resolved",
  "IdentityResolvedEvent",
  "A visitor was resolved to a person.",
  data,
);
