import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import fc from "fast-check";
import * as reference from "standardwebhooks";
import { describe, expect, it } from "vitest";
import * as ours from "./standardwebhooks.js";

const id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
const payload = '{"test": 2432232314}';
const secret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const tolerance = 5 * 60 * 1000;

/** Made by the reference, so that ours is never its own judge. */
function message(time = Date.now(), body = payload): Record<string, string> {
  const seconds = Math.floor(time / 1000);
  return {
    "webhook-id": id,
    "webhook-timestamp": String(seconds),
    "webhook-signature": new reference.Webhook(secret).sign(id, new Date(seconds * 1000), body),
  };
}

/** Returns the headers with the timestamp as a number, under the given name. */
function withNumber(headers: Record<string, string>, name: string): Record<string, string | number> {
  const { "webhook-timestamp": timestamp, ...others } = headers;
  return { ...others, [name]: Number(timestamp) };
}

/** Runs a case on both and returns what each did: the value, or the class and message of its error. */
function both(run: (Webhook: typeof ours.Webhook) => unknown): [unknown, unknown] {
  return [reference.Webhook as unknown as typeof ours.Webhook, ours.Webhook].map((Webhook) => {
    try {
      return { value: run(Webhook) };
    } catch (error) {
      const verification =
        error instanceof reference.WebhookVerificationError || error instanceof ours.WebhookVerificationError;
      return {
        error: verification ? (error as Error).message : "Error",
        name: verification ? (error as Error).name : "",
      };
    }
  }) as [unknown, unknown];
}

const cases: Record<string, (Webhook: typeof ours.Webhook) => unknown> = {
  "empty secret": (W) => new W(""),
  "undefined secret": (W) => new W(undefined as never),
  "null secret": (W) => new W(null as never),
  "prefix alone": (W) => new W("whsec_"),
  "secret that is not base64": (W) => new W("whsec_***"),
  "bytes without format raw": (W) => new W(new Uint8Array(32)),
  "empty raw secret": (W) => new W("", { format: "raw" }),
  "missing id": (W) => new W(secret).verify(payload, { ...message(), "webhook-id": "" }),
  "missing timestamp": (W) => new W(secret).verify(payload, { ...message(), "webhook-timestamp": "" }),
  "missing signature": (W) => new W(secret).verify(payload, { ...message(), "webhook-signature": "" }),
  "no headers": (W) => new W(secret).verify(payload, {}),
  "the whole request": (W) => new W(secret).verify(payload, { headers: message() } as never),
  "headers as a list": (W) => new W(secret).verify(payload, Object.entries(message()) as never),
  "headers as text": (W) => new W(secret).verify(payload, "webhook-id: a" as never),
  "headers as a promise": (W) => new W(secret).verify(payload, Promise.resolve(message()) as never),
  "timestamp as a number": (W) =>
    new W(secret).verify(payload, withNumber(message(), "webhook-timestamp") as never),
  "timestamp as a number, other case": (W) =>
    new W(secret).verify(payload, withNumber(message(), "Webhook-Timestamp") as never),
  "old timestamp as a number": (W) =>
    new W(secret).verify(
      payload,
      withNumber(message(Date.now() - tolerance - 2000), "webhook-timestamp") as never,
    ),
  "timestamp that is no number": (W) =>
    new W(secret).verify(payload, { ...message(), "webhook-timestamp": "hello" }),
  "wrong signature": (W) =>
    new W(secret).verify(payload, { ...message(), "webhook-signature": "v1,dawfeoifkpqwoekfpqoekf" }),
  "partial signature": (W) =>
    new W(secret).verify(payload, {
      ...message(),
      "webhook-signature": message()["webhook-signature"]?.slice(0, 8) as string,
    }),
  "signature without digest": (W) =>
    new W(secret).verify(payload, { ...message(), "webhook-signature": "v1," }),
  valid: (W) => new W(secret).verify(payload, message()),
  "valid, Buffer": (W) => new W(secret).verify(Buffer.from(payload), message()),
  "valid, prefixed secret": (W) => new W(`whsec_${secret}`).verify(payload, message()),
  "valid, raw bytes": (W) =>
    new W(Buffer.from(secret, "base64"), { format: "raw" }).verify(payload, message()),
  "valid, raw text": (W) => new W(atob(secret), { format: "raw" }).verify(payload, message()),
  "valid, upper case headers": (W) =>
    new W(secret).verify(
      payload,
      Object.fromEntries(Object.entries(message()).map(([name, value]) => [name.toUpperCase(), value])),
    ),
  "too old": (W) => new W(secret).verify(payload, message(Date.now() - tolerance - 2000)),
  "too new": (W) => new W(secret).verify(payload, message(Date.now() + tolerance + 2000)),
  "several signatures": (W) => {
    const sent = message();
    const other = "Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
    const list = `v1,${other} v2,${other} ${sent["webhook-signature"]} v1,AAAA`;
    return new W(secret).verify(payload, { ...sent, "webhook-signature": list });
  },
  sign: (W) => new W(`whsec_${secret}`).sign(id, new Date(1_614_265_330_000), payload),
  "sign a Buffer": (W) => new W(secret).sign(id, new Date(1_614_265_330_999), Buffer.from("Zoë")),
  "sign an object": (W) => new W(secret).sign(id, new Date(), {} as never),
  "verify an object": (W) => new W(secret).verify({} as never, message()),
  "empty payload": (W) => new W(secret).verify("", message(Date.now(), "")),
  "jsonParse off": (W) => new W(secret).verify(payload, message(), { jsonParse: false }),
  "genuine but no JSON": (W) => new W(secret).verify("{", message(Date.now(), "{")),
  "short secret": (W) => new W("AAAA").sign(id, new Date(0), payload),
};

describe("the drop-in for standardwebhooks", () => {
  it.each(Object.keys(cases))("does what the original does: %s", (name) => {
    const [expected, actual] = both(cases[name] as (Webhook: typeof ours.Webhook) => unknown);
    expect(actual).toEqual(expected);
  });

  const signed = (secret: string) => both((W) => new W(secret).sign(id, new Date(0), payload));

  const refused = [
    "plaintext secret",
    "whsec_QUJD REVG",
    "whsec_YWI=\n",
    "whsec_abc",
    "whsec_ab=",
    "whsec_a-b_",
  ];
  const accepted = [
    "whsec_QUJDREVG\n",
    "whsec_YWI=",
    "whsec_YWJ=",
    "whsec_abcd=",
    "whsec_abcde",
    "whsec_abcdef",
  ];

  it.each(refused)("refuses the secret %j as the original does", (secret) => {
    const [expected, actual] = signed(secret);
    expect(expected).toEqual({ error: "Error", name: "" });
    expect(actual).toEqual(expected);
    expect(() => new ours.Webhook(secret)).toThrow('pass { format: "raw" }');
  });

  it.each(accepted)("reads the secret %j as the original does", (secret) => {
    const [expected, actual] = signed(secret);
    expect(expected).toHaveProperty("value");
    expect(actual).toEqual(expected);
  });

  it("reads any secret as the original does", () => {
    const character = fc.constantFrom(...'ABYZabyz0189+/==-_ \n!"');
    const property = fc.property(fc.string({ unit: character, maxLength: 20 }), (secret) => {
      const [expected, actual] = signed(`whsec_${secret}`);
      expect(actual).toEqual(expected);
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it("verifies with the undecoded text of a secret as a raw key, as docs/guides/core.md advises", () => {
    const seconds = Math.floor(Date.now() / 1000);
    const signature = createHmac("sha256", secret).update(`${id}.${seconds}.${payload}`).digest("base64");
    const headers = { ...message(seconds * 1000), "webhook-signature": `v1,${signature}` };
    expect(() => new ours.Webhook(`whsec_${secret}`).verify(payload, headers)).toThrow(
      "No matching signature",
    );
    expect(new ours.Webhook(secret, { format: "raw" }).verify(payload, headers)).toEqual(JSON.parse(payload));
  });

  it("returns the published signature", () => {
    const signature = new ours.Webhook(secret).sign(id, new Date(1_614_265_330_000), payload);
    expect(signature).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  });

  it("rejects input that the original accepts although the specification forbids it", () => {
    const seconds = Math.floor(Date.now() / 1000);
    const dotted = {
      ...message(),
      "webhook-id": "a.b",
      "webhook-signature": new reference.Webhook(secret).sign("a.b", new Date(seconds * 1000), payload),
      "webhook-timestamp": String(seconds),
    };
    expect(new reference.Webhook(secret).verify(payload, dotted)).toBeDefined();
    expect(() => new ours.Webhook(secret).verify(payload, dotted)).toThrow(ours.WebhookVerificationError);
    const trailing: Record<string, string> = { ...message(), "webhook-timestamp": `${seconds}abc` };
    trailing["webhook-signature"] = new reference.Webhook(secret).sign(id, new Date(seconds * 1000), payload);
    expect(new reference.Webhook(secret).verify(payload, trailing)).toBeDefined();
    expect(() => new ours.Webhook(secret).verify(payload, trailing)).toThrow("Invalid Signature Headers");
    const bytes = Buffer.from([0x22, 0xff, 0x22]);
    const collided = message(Date.now(), bytes.toString());
    expect(new reference.Webhook(secret).verify(bytes, collided)).toBeDefined();
    expect(() => new ours.Webhook(secret).verify(bytes, collided)).toThrow(ours.WebhookVerificationError);
  });
});
