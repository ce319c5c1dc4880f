import type { Scene } from "./scene.ts";

/** A page, by the name of its picture. */
export type PageList = Readonly<Record<string, string>>;

/** Pages that exist in an empty store too. */
export const emptyPages: PageList = {
  sessions: "/",
  people: "/people",
  companies: "/companies",
  attribution: "/attribution",
  events: "/events",
  deliveries: "/deliveries",
  destinations: "/destinations",
  quarantine: "/quarantine",
  status: "/status",
  privacy: "/privacy",
  help: "/help",
};

/** Every page of a scene with a history. */
export async function fullPages({ facts, store, deliveryStore }: Scene): Promise<PageList> {
  const halden = (await facts.sessions({ q: "halden", limit: 5 })).rows;
  const [demo] = halden;
  if (demo?.person == null || demo.company == null) throw new Error("the scene has no journey");
  const [anonymous] = (await facts.sessions({ identified: false, bots: "without", limit: 1 })).rows;
  const [bot] = (await facts.sessions({ bots: "only", limit: 1 })).rows;
  const [invalid] = (await store.list({ status: "quarantined", limit: 1 })).events;
  const [unknown] = (await store.list({ status: "unrecognized", limit: 1 })).events;
  const [dead] = (await deliveryStore.list({ state: "dead", limit: 1 })).deliveries;
  const [waiting] = (await deliveryStore.list({ state: "waiting", limit: 1 })).deliveries;
  const of = (folder: string, id: string | undefined) => `/${folder}/${encodeURIComponent(id ?? "none")}`;
  return {
    ...emptyPages,
    "sessions-search": "/?q=halden",
    "sessions-nothing": "/?q=nobody-at-all",
    "sessions-days": "/?from=2026-06-22&to=2026-06-28",
    "sessions-no-day": "/?from=2026-02-31",
    "people-swapped-days": "/people?from=2026-06-28&to=2026-06-22",
    session: of("sessions", demo.id),
    "session-anonymous": of("sessions", anonymous?.id),
    "session-bot": of("sessions", bot?.id),
    person: of("people", demo.person),
    company: of("companies", demo.company),
    "attribution-campaign": "/attribution?by=campaign",
    event: of("events", demo.eventId),
    "event-quarantined": of("events", invalid?.id),
    "event-unrecognized": of("events", unknown?.id),
    "delivery-dead": of("deliveries", dead?.id),
    "delivery-waiting": of("deliveries", waiting?.id),
    "not-found": "/sessions/ses_none",
  };
}
