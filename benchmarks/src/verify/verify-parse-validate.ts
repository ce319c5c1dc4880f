import { Buffer } from "node:buffer";
import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";
import { classifyEvent, parseEvent, sign, SigningSecrets, unwrap, verifySignature } from "@sessionhook/core";
import { Webhook as DropIn } from "@sessionhook/core/standardwebhooks";
import { createSimulator } from "@sessionhook/simulator";
import { Webhook as Reference } from "standardwebhooks";
import { Webhook as Svix } from "svix";
import { type Contender, measure, type Result, type RoundOptions } from "./rounds.ts";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

interface SignedMessage {
  readonly body: Buffer;
  readonly headers: Record<string, string>;
}

/** Returns sixteen different signed events of about `bytes` bytes; the number of page events determines the size. */
function messages(bytes: number): SignedMessage[] {
  const simulator = createSimulator({ seed: 1, now: Date.now() });
  const found: SignedMessage[] = [];
  while (found.length < 16) {
    const { id, body } = simulator.next();
    const sized = resize(body, bytes);
    if (sized === undefined) continue;
    found.push({ body: sized, headers: { ...sign(sized, { id, secret }) } });
  }
  return found;
}

type Session = { data: { session: { events: object[] }; enrichment: unknown } };

/** Drops or repeats page events until the body has about the requested size; returns undefined when that is impossible. */
function resize(body: string, bytes: number): Buffer | undefined {
  const event = JSON.parse(body) as Session;
  if (bytes > 5000 && event.data.enrichment === null) return undefined;
  if (bytes <= 2000) event.data.enrichment = null;
  const [first = {}] = event.data.session.events;
  event.data.session.events = [];
  const bare = Buffer.byteLength(JSON.stringify(event));
  if (bare > bytes * 1.2) return bytes <= 2000 ? Buffer.from(JSON.stringify(event)) : undefined;
  const count = Math.max(0, Math.round((bytes - bare) / (Buffer.byteLength(JSON.stringify(first)) + 1)));
  event.data.session.events = Array.from({ length: count }, (_, i) => ({
    ...first,
    ts: 1_739_571_908_000 + i,
  }));
  return Buffer.from(JSON.stringify(event));
}

/** Returns the baseline: a careful hand-written verification with node:crypto that validates nothing. */
function byHand(): (message: SignedMessage) => unknown {
  const key = createSecretKey(Buffer.from(secret.slice("whsec_".length), "base64"));
  return ({ body, headers }) => {
    const hmac = createHmac("sha256", key);
    hmac.update(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.`).update(body);
    const expected = Buffer.from((headers["webhook-signature"] as string).slice(3), "base64");
    if (!timingSafeEqual(hmac.digest(), expected)) throw new Error("no match");
    return JSON.parse(body.toString("utf8"));
  };
}

export interface VerifyResults {
  /** Average size of an event in bytes. */
  readonly size: number;
  readonly results: readonly Result[];
}

/** Measures verifying, parsing and validating events of about the given size. */
export function benchVerify(bytes: number, options: RoundOptions): VerifyResults {
  const events = messages(bytes);
  const secrets = new SigningSecrets(secret);
  const [reference, svix, dropIn, floor] = [
    new Reference(secret),
    new Svix(secret),
    new DropIn(secret),
    byHand(),
  ];
  const contender = (name: string, handle: (message: SignedMessage) => unknown): Contender => {
    let turn = 0;
    return { name, run: () => handle(events[turn++ % events.length] as SignedMessage) };
  };
  const results = measure(
    [
      contender("baseline: hand-written HMAC + JSON.parse, no validation", floor),
      contender("@sessionhook/core unwrap, prepared secrets, validates all", ({ body, headers }) =>
        unwrap(body, { headers, secrets }),
      ),
      contender("@sessionhook/core unwrap, secret as text, validates all", ({ body, headers }) =>
        unwrap(body, { headers, secrets: secret }),
      ),
      contender("  part of it: verifySignature", ({ body, headers }) =>
        verifySignature(body, { headers, secrets }),
      ),
      contender("  part of it: parseEvent", ({ body }) => parseEvent(body)),
      contender("  classifyEvent, used instead when the bytes are stored", ({ body }) => classifyEvent(body)),
      contender("@sessionhook/core/standardwebhooks verify, no validation", ({ body, headers }) =>
        dropIn.verify(body, headers),
      ),
      contender("standardwebhooks verify, no validation", ({ body, headers }) =>
        reference.verify(body, headers as never),
      ),
      contender("svix verify, no validation", ({ body, headers }) => svix.verify(body, headers as never)),
    ],
    options,
  );
  const size = Math.round(events.reduce((sum, { body }) => sum + body.length, 0) / events.length);
  return { size, results };
}
