import { issueList } from "@sessionhook/core";
import { makeEvent, start } from "./events.js";

const minute = 60_000;
const id = (n: number) => `evt_01KHEWZ09CQB36JZ5F7D3Z${String(n).padStart(4, "0")}`;

/** Texts that would run, load or reorder something if they were not treated as text. */
export const hostileTexts = [
  "<script>window.hacked = 1</script>",
  '<img src=x onerror="window.hacked = 1">',
  "javascript:window.hacked=1",
  '"><svg onload=window.hacked=1>',
  "</title></style><script>window.hacked = 1</script>",
  "https://evil.example/beacon.png?<b>",
  "user\u202egnp.exe \u0000\u0007 end",
];

const address = {
  locality: "Lisboa",
  region: null,
  postalCode: "1100-148",
  country: "Portugal",
  countryCode: "PT",
};

function finalized(eventId: string) {
  return {
    id: eventId,
    type: "identity.session.finalized",
    created: start - 2 * minute,
    data: {
      session: {
        pid: "mdb_pxl_4YQ0ZKJ1T8",
        vid: "vis_01KHEWZ09CQB36JZ5F7D3ZB9NE",
        sid: "ses_01KHEWZ09CQB36JZ5F7D3ZB9NF",
        tenant: "ws_3FJ7Q",
        createdAt: start - 22 * minute,
        lastActivity: start - 5 * minute,
        endedAt: start - 3 * minute,
        utm: { source: "newsletter", medium: "email", campaign: null, term: null, content: null },
        referrer: null,
        landingPage: "https://www.example.com/pricing?plan=team",
        userAgent:
          "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/132.0.0.0 Safari/537.36",
        screen: { width: 1512, height: 982 },
        network: {
          ip: "203.0.113.7",
          country: "PT",
          isEU: true,
          latitude: "38.7139",
          botManagement: { score: 97 },
        },
        events: [
          { signal: "pageview", url: "https://www.example.com/pricing", ts: start - 20 * minute, props: {} },
          {
            signal: "click",
            url: "https://www.example.com/signup",
            ts: start - 18 * minute,
            props: { button: "Try" },
          },
        ],
        options: {},
      },
      enrichment: {
        person: { fullName: "Inês Carvalho", email: "ines@example.com", skills: [], location: address },
        companies: [
          { _type: "full", name: "Example Lda.", domain: "example.com", employeeCount: 41.5, address },
        ],
      },
    },
  };
}

function nested(depth: number): unknown {
  let value: unknown = "the bottom";
  for (let level = depth; level > 0; level--) value = { [`level${level}`]: value };
  return value;
}

export const ids = {
  accepted: id(1),
  quarantined: id(2),
  unrecognized: id(3),
  conflict: id(4),
  hostile: id(5),
  large: id(6),
  text: id(7),
  binary: id(8),
  long: `evt_${"L0NG".repeat(63)}`,
};

/** One event of every kind the pages treat differently, oldest first. */
export const sampleEvents = [
  makeEvent({
    id: ids.binary,
    type: null,
    status: "quarantined",
    ...issueList([{ path: "", message: "not UTF-8" }]),
    body: Uint8Array.from({ length: 700 }, (_, i) => (i * 7) % 256),
  }),
  makeEvent({
    id: ids.text,
    type: null,
    status: "quarantined",
    ...issueList([{ path: "", message: "not JSON" }]),
    body: "<!doctype html>\n<h1>Bad gateway</h1>\n<script>window.hacked = 1</script>\n",
  }),
  makeEvent({
    id: ids.large,
    type: "identity.enriched",
    body: {
      items: Array.from({ length: 2000 }, (_, i) => ({ n: i, name: `item ${i}` })),
      nested: nested(50),
      long: "word ".repeat(900),
      unbroken: "x".repeat(5000),
      huge: 1,
    },
  }),
  makeEvent({
    id: ids.hostile,
    type: `<b>${hostileTexts[0]}`,
    status: "unrecognized",
    body: Object.fromEntries(hostileTexts.map((text) => [text, [text]])),
  }),
  makeEvent({
    id: ids.long,
    type: "identity.session.finalized.with.a.name.that.never.seems.to.end.".repeat(3),
    status: "unrecognized",
  }),
  makeEvent({
    id: ids.unrecognized,
    type: "identity.merged",
    status: "unrecognized",
    receivedAt: start - 3 * 86_400_000,
  }),
  makeEvent({
    id: ids.conflict,
    body: finalized(ids.conflict),
    receivedAt: start - 40 * minute,
    attemptTimestamp: start / 1000 - 2401,
  }),
  makeEvent({
    id: ids.conflict,
    body: { ...finalized(ids.conflict), created: 1 },
    receivedAt: start - 31 * minute,
  }),
  makeEvent({
    id: ids.quarantined,
    status: "quarantined",
    receivedAt: start - 12 * minute,
    ...issueList([
      { path: "data.session.screen.width", message: "expected number, found string" },
      { path: "data.session.timezone", message: "expected string, found nothing" },
      { path: "data.enrichment.companies[0].domain", message: "expected string or null, found object" },
    ]),
    body: (() => {
      const body = finalized(ids.quarantined);
      return {
        ...body,
        data: { ...body.data, session: { ...body.data.session, screen: { width: "1512", height: 982 } } },
      };
    })(),
  }),
  makeEvent({ id: ids.accepted, body: finalized(ids.accepted) }),
  makeEvent({ id: ids.accepted, body: finalized(ids.accepted) }),
  ...Array.from({ length: 60 }, (_, i) =>
    makeEvent({
      id: id(100 + i),
      body: finalized(id(100 + i)),
      receivedAt: start - (60 - i) * 1000,
      type: i % 5 === 0 ? "identity.resolved" : "identity.session.finalized",
    }),
  ),
];
