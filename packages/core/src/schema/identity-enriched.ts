import { attributionSchema } from "./attribution.js";
import { enrichmentSchema } from "./enrichment.js";
import { envelope } from "./envelope.js";
import { number, openEnum, section, text } from "./fields.js";
import { sessionSchema } from "./session.js";

const querySchema = section("EnrichmentQuery", "The query to the data provider.", {
  match: openEnum(["linkedinUrl"], "Field the query matches on."),
  type: openEnum(["person"], "Kind of record asked for."),
  value: text("The value that was looked up."),
});

const data = section("IdentityEnrichedData", "The result of an enrichment.", {
  attribution: attributionSchema.meta({ description: "The visit to which the identity belongs." }),
  companiesEnriched: number("Number of enriched companies."),
  enrichment: enrichmentSchema
    .nullable()
    .meta({ description: "The person and companies found; null if there are none." }),
  query: querySchema.meta({ description: "The query." }),
  session: sessionSchema.nullable().meta({ description: "The session so far; null when there is none." }),
});

/** `identity.enriched`: a person was enriched. */
export const identityEnrichedSchema = envelope(
  "identity.enriched",
  "IdentityEnrichedEvent",
  "A person was enriched with a profile and companies.",
  data,
);
