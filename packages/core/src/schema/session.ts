import * as z from "zod";
import { freeFormOrNull, maybeFreeForm, number, numberOrNull, section, text, textOrNull } from "./fields.js";
import { networkSchema } from "./network.js";

const utmSchema = section("Utm", "Campaign parameters of the landing page's address.", {
  campaign: textOrNull("utm_campaign: name of the campaign."),
  content: textOrNull("utm_content: which ad or link."),
  medium: textOrNull("utm_medium: kind of channel, such as cpc."),
  source: textOrNull("utm_source: where the visitor came from."),
  term: textOrNull("utm_term: the keyword paid for."),
});

const screenSchema = section("Screen", "The visitor's screen.", {
  height: number("Height in pixels."),
  width: number("Width in pixels."),
});

/** Fields of the visitor's session that every event carries. */
const visit = {
  createdAt: number("Time when the session began, Unix milliseconds."),
  endedAt: numberOrNull("Time when the session ended, Unix milliseconds."),
  fbclid: textOrNull("Facebook click identifier."),
  gclid: textOrNull("Google click identifier."),
  landingPage: text("Address of the first page."),
  landingTitle: textOrNull("Title of the first page."),
  network: networkSchema.meta({ description: "The network the visitor came from, and where it is." }),
  pid: text("Identifier of the pixel on the website, mdb_pxl_…"),
  referrer: textOrNull("Address of the page the visitor came from."),
  screen: screenSchema.meta({ description: "The visitor's screen." }),
  sid: text("Identifier of the session."),
  tenant: textOrNull("Identifier of the customer's workspace, ws_…"),
  timezone: text("IANA name of the visitor's time zone."),
  userAgent: text("The browser's user agent."),
  utm: utmSchema.meta({ description: "Campaign parameters of the landing page's address." }),
  vid: text("Identifier of the visitor, the same over sessions."),
  options: maybeFreeForm("Settings of the pixel; often empty."),
};

/** The session while it may still be active, as in the other events. */
export const sessionSchema = section("Session", "A visitor's session.", visit);

const pageEventSchema = section("PageEvent", "Something the visitor did on the website.", {
  outlink: textOrNull("Address of an outgoing link that was followed."),
  props: freeFormOrNull("Properties the website gave to the event."),
  ref: textOrNull("Address of the page before."),
  signal: text("Kind of the event, such as a page view."),
  title: textOrNull("Title of the page."),
  ts: number("Time of the event, Unix milliseconds."),
  url: text("Address of the page."),
  v: text("Version of the pixel that reported it."),
});

const sessionEnrichmentSchema = section(
  "SessionEnrichment",
  "An enrichment made while the session went on.",
  {
    enrichedAt: number("Time of the enrichment, Unix milliseconds."),
    enrichmentData: text("The result, as text."),
  },
);

/** The final record of a session, with everything that happened in it. */
export const finalizedSessionSchema = section(
  "FinalizedSession",
  "The final record of a visitor's session.",
  {
    ...visit,
    lastActivity: number("Time of the visitor's last action, Unix milliseconds."),
    events: z.array(pageEventSchema).meta({ description: "The visitor's actions, in order." }),
    enrichments: z
      .array(sessionEnrichmentSchema)
      .optional()
      .meta({ description: "Enrichments made while the session went on." }),
  },
);
