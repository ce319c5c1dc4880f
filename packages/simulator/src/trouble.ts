import type { Random } from "./random.js";

/** A copy of an event's object, free to be damaged. */
export interface Draft {
  id: string;
  type: string;
  created: unknown;
  data: Record<string, unknown>;
  [field: string]: unknown;
}

/** Misfits as senders make them: a changed type, a field that went missing, a body cut off. */
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

/** The JSON text of an event that its type's schema does not fit, though it is signed and of a known type. */
export function invalidBody(random: Random, event: object): string {
  const text = JSON.stringify(event);
  if (random.chance(0.1)) return text.slice(0, random.int(text.length >> 1, text.length - 2));
  const draft = JSON.parse(text) as Draft;
  random.pick(damages)(draft);
  return JSON.stringify(draft);
}

/** Types the provider might add; core knows none of them. */
const unknownTypes = [
  "identity.merged",
  "identity.session.started",
  "identity.consent.revoked",
  "audience.member.added",
  "pixel.health.degraded",
] as const;

/** The JSON text of an event of a type core does not know, about the same visit as `event`. */
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
