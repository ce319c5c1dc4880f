import type { Random } from "./random.js";

/** A copy of an event's object that may be changed. */
export interface Draft {
  id: string;
  type: string;
  created: unknown;
  data: Record<string, unknown>;
  [field: string]: unknown;
}

/** Typical errors of senders: a changed type, a missing field, a truncated body. */
const damages: readonly ((draft: Draft) => void)[] = [
  (draft) => {
    draft.created = new Date(draft.created as number).toISOString();
  },
  (draft) => {
    delete draft.created;
  },
  (draft) => {
    draft.data = {};
  },
  (draft) => {
    (draft as Record<string, unknown>)["data"] = null;
  },
  (draft) => {
    draft.data["session"] = "ses_01KH5HM09WTF6DOE8K2H6DG2RI";
  },
  (draft) => {
    draft.data["session"] = { sid: null, network: [], screen: { width: "1920", height: "1080" } };
  },
  (draft) => {
    draft.created = (draft.created as number) + 0.5;
  },
];

/** Returns the JSON text of an event of a known type that is not valid for its schema. */
export function invalidBody(random: Random, event: object): string {
  const text = JSON.stringify(event);
  if (random.chance(0.1)) return text.slice(0, random.int(text.length >> 1, text.length - 2));
  const draft = JSON.parse(text) as Draft;
  random.pick(damages)(draft);
  return JSON.stringify(draft);
}

/** Types that the provider might add; core does not know them. */
const unknownTypes = [
  "identity.merged",
  "identity.session.started",
  "identity.consent.revoked",
  "audience.member.added",
  "pixel.health.degraded",
] as const;

/** Returns the JSON text of an event of a type that core does not know, about the same visit as `event`. */
export function unrecognizedBody(random: Random, event: Draft): { type: string; body: string } {
  const type = random.pick(unknownTypes);
  const { session } = event.data as { session: { pid: string; vid: string; sid: string } };
  const data = {
    pixelId: session.pid,
    vid: session.vid,
    sessionId: session.sid,
    reason: random.pick(["user_request", "same_device", "threshold_reached", null]),
    confidence: random.decimal(0.4, 1, 3),
  };
  return { type, body: JSON.stringify({ id: event.id, type, created: event.created, data }) };
}
