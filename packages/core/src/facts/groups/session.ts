import { group } from "../definition.js";
import { registrableDomain } from "../domains.js";
import { sessionEndedAt } from "../event-times.js";
import { pathOf } from "../pages.js";
import { at, numberAt, textAt } from "../read.js";
import type { Source } from "../source.js";

function durationSeconds(source: Source): number | undefined {
  const started = numberAt(source.session, "createdAt");
  const ended = sessionEndedAt(source.event) ?? numberAt(source.session, "lastActivity");
  return started === undefined || ended === undefined || ended < started
    ? undefined
    : (ended - started) / 1000;
}

export const sessionFacts = group("session", [
  [
    "id",
    "string",
    "Identifier of the session.",
    "`data.session.sid`, else `data.attribution.sessionId`",
    ({ session, attribution }) => textAt(session, "sid") ?? at(attribution, "sessionId"),
  ],
  [
    "visitorId",
    "string",
    "Identifier of the visitor, the same over sessions.",
    "`data.session.vid`, else `data.attribution.vid`",
    ({ session, attribution }) => textAt(session, "vid") ?? at(attribution, "vid"),
  ],
  [
    "pixelId",
    "string",
    "Identifier of the pixel on the website.",
    "`data.session.pid`, else `data.attribution.pixelId`",
    ({ session, attribution }) => textAt(session, "pid") ?? at(attribution, "pixelId"),
  ],
  [
    "tenant",
    "string",
    "Identifier of the customer's workspace.",
    "`data.session.tenant`",
    ({ session }) => at(session, "tenant"),
  ],
  [
    "startedAt",
    "number",
    "When the session began, Unix milliseconds.",
    "`data.session.createdAt`",
    ({ session }) => at(session, "createdAt"),
  ],
  [
    "endedAt",
    "number",
    "When the session ended, Unix milliseconds.",
    "`data.session.endedAt`, else `data.sessionEndedAt`",
    ({ event }) => sessionEndedAt(event),
  ],
  [
    "durationSeconds",
    "number",
    "How long the session lasted, in seconds with a fraction.",
    "from `startedAt` to `endedAt`, else to `data.session.lastActivity`; absent if it is negative",
    durationSeconds,
  ],
  [
    "eventCount",
    "number",
    "Number of events of the session.",
    "`data.eventCount`",
    ({ data }) => at(data, "eventCount"),
  ],
  [
    "signals",
    "string[]",
    "Kinds of the events of the session, such as page_view, each once in the order of the first.",
    "`data.session.events[].signal`",
    ({ pages }) => pages.signals,
  ],
  [
    "pageCount",
    "number",
    "Number of different pages of the session, those beyond the limit of `pages` included.",
    "the paths of `data.session.landingPage` and `data.session.events[].url`",
    ({ pages }) => (pages.count === 0 ? undefined : pages.count),
  ],
  [
    "landingPage",
    "string",
    "Address of the first page, as received.",
    "`data.session.landingPage`",
    ({ session }) => at(session, "landingPage"),
  ],
  [
    "landingPath",
    "string",
    "Path of the first page, without host, query and fragment.",
    "`data.session.landingPage`",
    ({ session }) => pathOf(at(session, "landingPage")),
  ],
  [
    "landingTitle",
    "string",
    "Title of the first page.",
    "`data.session.landingTitle`",
    ({ session }) => at(session, "landingTitle"),
  ],
  [
    "lastPage",
    "string",
    "Address of the last page, as received.",
    "the last of `data.session.events[].url`",
    ({ pages }) => pages.last,
  ],
  [
    "lastPath",
    "string",
    "Path of the last page, without host, query and fragment.",
    "`lastPage`",
    ({ pages }) => pathOf(pages.last),
  ],
  [
    "referrer",
    "string",
    "Address of the page the visitor came from, as received.",
    "`data.session.referrer`",
    ({ session }) => at(session, "referrer"),
  ],
  [
    "referrerDomain",
    "string",
    "Registrable domain of the page the visitor came from, such as google.com.",
    "`data.session.referrer`",
    ({ session }) => registrableDomain(at(session, "referrer")),
  ],
  [
    "gclid",
    "string",
    "Google click identifier.",
    "`data.session.gclid`",
    ({ session }) => at(session, "gclid"),
  ],
  [
    "fbclid",
    "string",
    "Facebook click identifier.",
    "`data.session.fbclid`",
    ({ session }) => at(session, "fbclid"),
  ],
]);
