import { attributionSchema } from "./attribution.js";
import { enrichmentSchema } from "./enrichment.js";
import { envelope } from "./envelope.js";
import { number, openEnum, section, text } from "./fields.js";
import { sessionSchema } from "./session.js";

const querySchema = section("EnrichmentQuery", "What was asked of the data provider.", {
  match: openEnum(["linkedinUrl"], "Field the query matches on."),
  type: openEnum(["person"], "Kind of record asked for."),
  value: text("The value that was looked up."),
});

const data = section("IdentityEnrichedData", "What an enrichment found.", {
  attribution: attributionSchema.meta({ description: "Which visit it belongs to." }),
  companiesEnriched: number("How many companies were enriched."),
  enrichment: enrichmentSchema.nullable().meta({ description: "What was found; null when nothing was." }),
  query: querySchema.meta({ description: "What was asked." }),
  session: sessionSchema.nullable().meta({ description: "The session so far; null when there is none." }),
});

/** `identity.enriched`: a person was enriched. */
export const identityEnrichedSchema = envelope(
  "identity.enriched",
  "IdentityEnrichedEvent",
  "A person was enriched with a profile and companies.",
  data,
);
