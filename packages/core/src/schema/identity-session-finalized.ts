import { sessionFindingsSchema } from "./enrichment.js";
import { envelope } from "./envelope.js";
import { number, section } from "./fields.js";
import { finalizedSessionSchema } from "./session.js";

const data = section("IdentitySessionFinalizedData", "A finished session and what was found for it.", {
  enrichment: sessionFindingsSchema
    .nullable()
    .meta({ description: "The person and companies found; null for an anonymous visitor." }),
  eventCount: number("Number of events in the session."),
  finalizedAt: number("Time when the session was finalized, Unix milliseconds."),
  session: finalizedSessionSchema.meta({ description: "The final record of the session." }),
  sessionEndedAt: number("Time when the session ended, Unix milliseconds."),
});

/** `identity.session.finalized`: the final record of a visitor's session. */
export const identitySessionFinalizedSchema = envelope(
  "identity.session.finalized",
  "IdentitySessionFinalizedEvent",
  "The final record of a visitor's session, with the person and companies found for it.",
  data,
);
