import { createHmac } from "node:crypto";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigurationError, SignatureError } from "../errors.js";
import { generateKeyPair, generateSecret, sign } from "./sign.js";
import { SigningSecrets } from "./signing-secrets.js";
import { maxSignatures } from "../limits.js";
import { verifySignature, type VerifyOptions } from "./verify-signature.js";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const id = "evt_01KHEWZ09CQB36JZ5F7D3ZB9NE";
const timestamp = 1_739_571_908;
const now = timestamp * 1000;
const body = '{"id":"evt_01KHEWZ09CQB36JZ5F7D3ZB9NE","type":"identity.session.finalized","name":"Zoë 🦊"}';

/** The signature made by hand, apart from the code under test. */
function hmac(key: Buffer, content: string | Buffer, idText = id, timestampText = String(timestamp)): string {
  return `v1,${createHmac("sha256", key).update(`${idText}.${timestampText}.`).update(content).digest("base64")}`;
}
const key = Buffer.from(secret.slice(6), "base64");

function headers(signature: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signature,
    ...more,
  };
}

/** The code of the error that `verifySignature` throws, or "ok". */
function outcome(
  content: Parameters<typeof verifySignature>[0],
  options: Partial<VerifyOptions> & Pick<VerifyOptions, "headers">,
) {
  try {
    verifySignature(content, { secrets: secret, now, ...options });
    return "ok";
  } catch (error) {
    if (SignatureError.isInstance(error) || ConfigurationError.isInstance(error)) return error.code;
    throw error;
  }
}

describe("a genuine message", () => {
  it("verifies the published vector of the reference libraries", () => {
    const message = verifySignature('{"test": 2432232314}', {
      headers: {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
      },
      secrets: secret,
      now: new Date(1_614_265_330_000),
    });
    expect(message).toMatchObject({
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      timestamp: 1_614_265_330,
      scheme: "v1",
    });
  });

  it.each([
    ["string", body],
    ["Uint8Array", new TextEncoder().encode(body)],
    ["Buffer", Buffer.from(body)],
    ["ArrayBuffer", new TextEncoder().encode(body).buffer],
    ["a view into a larger buffer", new Uint8Array(Buffer.from(`xx${body}yy`)).subarray(2, -2)],
  ])("verifies a body given as %s", (_, content) => {
    expect(outcome(content as string, { headers: headers(hmac(key, body)) })).toBe("ok");
  });

  it("verifies an empty body", () => {
    expect(outcome("", { headers: headers(hmac(key, "")) })).toBe("ok");
  });

  const good = headers(hmac(key, body));
  const upper = Object.fromEntries(Object.entries(good).map(([name, value]) => [name.toUpperCase(), value]));
  const svix = Object.fromEntries(
    Object.entries(good).map(([name, value]) => [name.replace("webhook", "svix"), value]),
  );
  it.each([
    ["Headers", new Headers(good)],
    ["a Map", new Map(Object.entries(upper))],
    ["an object in upper case", upper],
    ["node's arrays", { ...good, "webhook-signature": ["v1,AAAA", good["webhook-signature"] as string] }],
    ["the svix- names", svix],
    ["the svix- names in Headers", new Headers(svix)],
    ["an incomplete webhook- set beside a whole svix- set", { ...svix, "webhook-id": "other" }],
    ["the same value under two spellings", { ...good, ...upper }],
    ["a timestamp that is a number", { ...good, "webhook-timestamp": timestamp as unknown as string }],
  ])("reads headers from %s", (_, given) => {
    expect(outcome(body, { headers: given })).toBe("ok");
  });

  it("prefers the webhook- headers if both sets are complete", () => {
    expect(outcome(body, { headers: { ...svix, ...good, "webhook-signature": "v1,AAAA" } })).toBe(
      "signature_mismatch",
    );
  });

  it("accepts any of several signatures and skips other versions", () => {
    const list = ["v1,AAAA", "v2,zzz", "v1a,AAAA", "junk", "", hmac(key, body), "v1,BBBB"].join(" ");
    expect(outcome(body, { headers: headers(list) })).toBe("ok");
  });

  it("accepts several header lines, as arrays and as HTTP joins them", () => {
    for (const lines of [
      [good["webhook-signature"] as string, "v1,AAAA"],
      ["v1,AAAA", good["webhook-signature"] as string],
      ["v1,AAAA v2,x", `${good["webhook-signature"]} v1,BBBB`, "v1,CCCC"],
    ]) {
      const joined = new Headers(headers(""));
      joined.delete("webhook-signature");
      for (const line of lines) joined.append("webhook-signature", line);
      expect(outcome(body, { headers: joined })).toBe("ok");
      expect(outcome(body, { headers: { ...good, "webhook-signature": lines } })).toBe("ok");
      expect(outcome(body, { headers: { ...good, "webhook-signature": lines.join(", ") } })).toBe("ok");
    }
    const commas = Array.from({ length: maxSignatures }, () => "v1,AAAA").join(", ");
    expect(outcome(body, { headers: headers(commas) })).toBe("signature_mismatch");
    expect(outcome(body, { headers: headers(`${commas}, v1,AAAA`) })).toBe("malformed_header");
  });

  it("accepts any of several secrets, in both encodings, and prepared secrets", () => {
    const others = [generateSecret(), generateSecret()];
    const utf8Signed = headers(hmac(Buffer.from(secret.slice(6), "utf8"), body));
    for (const secrets of [
      [...others, secret],
      [secret, ...others],
      new SigningSecrets([...others, secret]),
    ]) {
      expect(outcome(body, { headers: headers(hmac(key, body)), secrets })).toBe("ok");
      expect(outcome(body, { headers: utf8Signed, secrets })).toBe("ok");
    }
    expect(outcome(body, { headers: headers(hmac(key, body)), secrets: others })).toBe("signature_mismatch");
  });

  it("uses only the chosen secret encoding", () => {
    const decoded = headers(hmac(key, body));
    const undecoded = headers(hmac(Buffer.from(secret.slice(6), "utf8"), body));
    expect(outcome(body, { headers: decoded, secretEncoding: "base64" })).toBe("ok");
    expect(outcome(body, { headers: undecoded, secretEncoding: "base64" })).toBe("signature_mismatch");
    expect(outcome(body, { headers: undecoded, secretEncoding: "utf8" })).toBe("ok");
    expect(outcome(body, { headers: decoded, secretEncoding: "utf8" })).toBe("signature_mismatch");
  });

  it("reads a secret that is not base64 as text", () => {
    const text = "this-is-a-passphrase-of-the-field";
    const signed = headers(hmac(Buffer.from(text), body));
    expect(outcome(body, { headers: signed, secrets: `whsec_${text}` })).toBe("ok");
  });

  it.each([32, 31, 30, 64])("reads base64 of %i bytes that lost its padding or is for URLs", (length) => {
    const bytes = Buffer.from(Array.from({ length }, (_, i) => 0xfb - 3 * i));
    const decoded = headers(hmac(bytes, body));
    for (const text of [bytes.toString("base64").replace(/=+$/, ""), bytes.toString("base64url")]) {
      const secrets = `whsec_${text}`;
      expect(outcome(body, { headers: decoded, secrets })).toBe("ok");
      expect(outcome(body, { headers: headers(hmac(Buffer.from(text), body)), secrets })).toBe("ok");
      expect(outcome(body, { headers: decoded, secrets, secretEncoding: "utf8" })).toBe("signature_mismatch");
    }
  });

  it("rejects a key that is too short because its padding was lost", () => {
    const text = "abcdefghijklmnopqrstuvwxyz";
    const decoded = headers(hmac(Buffer.from(text, "base64"), body));
    const secrets = `whsec_${text}`;
    expect(outcome(body, { headers: decoded, secrets })).toBe("signature_mismatch");
    expect(outcome(body, { headers: decoded, secrets, allowShortSecrets: true })).toBe("ok");
    expect(outcome(body, { headers: headers(hmac(Buffer.from(text), body)), secrets })).toBe("ok");
  });

  it("verifies ed25519 and returns the scheme", () => {
    const pair = generateKeyPair();
    const signed = sign(body, { id, timestamp, secret: [secret, pair.secretKey] });
    expect(verifySignature(body, { headers: signed, secrets: pair.publicKey, now }).scheme).toBe("v1a");
    expect(verifySignature(body, { headers: signed, secrets: [pair.publicKey, secret], now }).scheme).toBe(
      "v1",
    );
    expect(outcome(body, { headers: signed, secrets: generateKeyPair().publicKey })).toBe(
      "signature_mismatch",
    );
    expect(outcome(`${body} `, { headers: signed, secrets: pair.publicKey })).toBe("signature_mismatch");
  });
});

describe("the tolerance", () => {
  const good = headers(hmac(key, body));
  it.each([
    [0, undefined, "ok"],
    [300, undefined, "ok"],
    [301, undefined, "timestamp_too_old"],
    [-300, undefined, "ok"],
    [-301, undefined, "timestamp_too_new"],
    [0, 0, "ok"],
    [1, 0, "timestamp_too_old"],
    [-1, 0, "timestamp_too_new"],
    [1_000_000, Number.POSITIVE_INFINITY, "ok"],
  ])("%i s after the attempt with tolerance %s: %s", (age, toleranceSeconds, expected) => {
    expect(outcome(body, { headers: good, toleranceSeconds, now: (timestamp + age) * 1000 })).toBe(expected);
  });

  it.each([Number.NaN, -1])("refuses %s as a tolerance", (toleranceSeconds) => {
    expect(outcome(body, { headers: good, toleranceSeconds })).toBe("invalid_option");
  });

  it.each([Number.NaN, new Date(Number.NaN), "2025-02-14", 1n, {}])("refuses %s as the present", (wrong) => {
    expect(outcome(body, { headers: good, now: wrong as number })).toBe("invalid_option");
    expect(outcome(body, { headers: good, now: () => wrong as number })).toBe("invalid_option");
  });
});

describe("headers that are missing or malformed", () => {
  const good = headers(hmac(key, body));
  it.each(["webhook-id", "webhook-timestamp", "webhook-signature"])("%s", (name) => {
    const { [name]: _, ...without } = good;
    expect(outcome(body, { headers: without })).toBe("missing_header");
    expect(outcome(body, { headers: { ...good, [name]: "" } })).toBe("missing_header");
    expect(outcome(body, { headers: { ...good, [name]: undefined } })).toBe("missing_header");
    expect(outcome(body, { headers: new Headers(without) })).toBe("missing_header");
  });

  it("names the set of headers that is present", () => {
    expect(() => verifySignature(body, { headers: { "svix-id": id }, secrets: secret })).toThrow(
      "svix-timestamp",
    );
    expect(() => verifySignature(body, { headers: {}, secrets: secret })).toThrow("webhook-id");
  });

  it.each([
    "1e9",
    "0x10",
    "1739571908.0",
    "+1739571908",
    "-1",
    " 1739571908",
    "1739571908 ",
    "01739571908",
    "१७३",
    "NaN",
    "9".repeat(16),
  ])("the timestamp %j", (text) => {
    const signed = headers(hmac(key, body, id, text), { "webhook-timestamp": text });
    expect(outcome(body, { headers: signed, toleranceSeconds: Number.POSITIVE_INFINITY })).toBe(
      "malformed_header",
    );
  });

  it.each([1.5, -1, 1e21, Number.NaN])("the timestamp %d as a number", (number) => {
    const given = { ...good, "webhook-timestamp": number as unknown as string };
    expect(() => verifySignature(body, { headers: given, secrets: secret })).toThrow("not a plain integer");
  });

  it.each(["a.b", "a b", "a\tb", "a\nb", "a\u0000", "é", "x".repeat(257), "."])("the id %j", (text) => {
    const signed = headers(hmac(key, body, text), { "webhook-id": text });
    expect(outcome(body, { headers: signed })).toBe("malformed_header");
  });

  it("accepts an id of 256 characters", () => {
    const text = "x".repeat(256);
    expect(outcome(body, { headers: headers(hmac(key, body, text), { "webhook-id": text }) })).toBe("ok");
  });

  it("rejects two different ids or timestamps, and reports that the header occurs more than once", () => {
    for (const name of ["webhook-id", "webhook-timestamp"]) {
      for (const given of [new Headers(good), { ...good, [name]: [good[name] as string, "1"] }]) {
        if (given instanceof Headers) given.append(name, "1");
        expect(() => verifySignature(body, { headers: given, secrets: secret, now })).toThrow(
          `The header ${name} occurs more than once`,
        );
      }
    }
    expect(outcome(body, { headers: { ...good, "Webhook-Id": "other" } })).toBe("malformed_header");
    expect(outcome(body, { headers: { ...good, "webhook-timestamp": ["1", "2"] } })).toBe("malformed_header");
  });

  it("rejects more signatures than the limit", () => {
    const many = Array.from({ length: maxSignatures }, () => "v1,AAAA").join(" ");
    expect(outcome(body, { headers: headers(many) })).toBe("signature_mismatch");
    expect(outcome(body, { headers: headers(`${many} ${good["webhook-signature"]}`) })).toBe(
      "malformed_header",
    );
  });
});

describe("rejected messages", () => {
  it("lax base64 of the right digest", () => {
    const text = hmac(key, body).slice(3);
    const [last] = text.slice(42, 43);
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const sibling = alphabet[alphabet.indexOf(last as string) ^ 1];
    const spellings = [
      text.slice(0, -1),
      `${text}=`,
      `${text}\n`,
      `${text},`,
      text.slice(0, 42) + sibling + "=",
      text.replaceAll("+", "-").replaceAll("/", "_"),
      Buffer.from(text, "base64").toString("hex"),
    ].filter((spelling) => spelling !== text);
    for (const spelling of spellings) {
      expect(outcome(body, { headers: headers(`v1,${spelling}`) })).toBe("signature_mismatch");
    }
    const pair = generateKeyPair();
    const signed = sign(body, { id, timestamp, secret: pair.secretKey });
    const signature = signed["webhook-signature"];
    for (const spelling of [
      signature.slice(0, -1),
      signature.slice(0, -2),
      `${signature}=`,
      signature.replace("v1a", "v1"),
    ]) {
      const changed = { ...signed, "webhook-signature": spelling };
      expect(outcome(body, { headers: changed, secrets: pair.publicKey })).toBe("signature_mismatch");
    }
  });

  it("a public key used as an HMAC secret", () => {
    const { publicKey } = generateKeyPair();
    const forged = headers(hmac(Buffer.from(publicKey.slice(5), "base64"), body));
    expect(outcome(body, { headers: forged, secrets: publicKey })).toBe("signature_mismatch");
  });

  it("invalid UTF-8 and lone surrogates: different bytes never share a signature", () => {
    const bad = Buffer.from([0x22, 0xff, 0x22]);
    const replaced = Buffer.from(bad.toString("utf8"));
    expect(outcome(bad, { headers: headers(hmac(key, bad)) })).toBe("ok");
    expect(outcome(replaced, { headers: headers(hmac(key, bad)) })).toBe("signature_mismatch");
    expect(outcome(bad.toString("utf8"), { headers: headers(hmac(key, bad)) })).toBe("signature_mismatch");
    expect(outcome('"\ud800"', { headers: headers(hmac(key, '"\ufffd"')) })).toBe("signature_mismatch");
    expect(() => sign('"\ud800"', { id, secret })).toThrow(ConfigurationError);
  });

  it("a parsed object: the error names the fix", () => {
    const parsed = JSON.parse(body) as unknown as string;
    expect(outcome(parsed, { headers: headers(hmac(key, body)) })).toBe("invalid_option");
    expect(() => verifySignature(parsed, { headers: {}, secrets: secret })).toThrow("raw body");
  });

  it("any flipped bit of the body, the id, the timestamp or the signature", () => {
    const pair = generateKeyPair();
    const flip = (text: string, bit: number): string => {
      const bytes = Buffer.from(text, "latin1");
      const at = bit % (bytes.length * 8);
      bytes[at >> 3] = (bytes[at >> 3] as number) ^ (1 << (at & 7));
      return bytes.toString("latin1");
    };
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.stringMatching(/^[\x21-\x2d\x2f-\x7e]{1,40}$/),
        fc.constantFrom("body", "id", "timestamp", "signature"),
        fc.nat(),
        fc.boolean(),
        (content, messageId, part, bit, asymmetric) => {
          const signed = sign(content, {
            id: messageId,
            timestamp,
            secret: asymmetric ? pair.secretKey : secret,
          });
          const secrets = asymmetric ? pair.publicKey : secret;
          const options = { headers: signed, secrets, toleranceSeconds: Number.POSITIVE_INFINITY };
          expect(outcome(content, options)).toBe("ok");
          if (part === "body") {
            const changed = Uint8Array.from(content);
            changed[bit % changed.length] = (changed[bit % changed.length] as number) ^ (1 << (bit % 8));
            expect(outcome(changed, options)).toBe("signature_mismatch");
            return;
          }
          const name = `webhook-${part}` as keyof typeof signed;
          const changed = { ...signed, [name]: flip(signed[name], bit) };
          expect(outcome(content, { ...options, headers: changed })).toMatch(
            /^(?:signature_mismatch|malformed_header)$/,
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("no error shows a secret, a computed signature or the body", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (a, b, c) => {
        try {
          verifySignature(body, {
            headers: { "webhook-id": a, "webhook-timestamp": b, "webhook-signature": c },
            secrets: secret,
          });
        } catch (error) {
          const text = String(error) + JSON.stringify(error);
          expect(text).not.toContain(secret.slice(6));
          expect(text).not.toContain("Zoë");
          expect(SignatureError.isInstance(error)).toBe(true);
        }
      }),
    );
  });
});

describe("sign", () => {
  it("creates headers that verifySignature accepts for every body, id and time", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "grapheme" }), fc.uint8Array()),
        fc.stringMatching(/^[\x21-\x2d\x2f-\x7e]{1,256}$/),
        fc.integer({ min: 0, max: 4_000_000_000 }),
        (content, messageId, seconds) => {
          const signed = sign(content, { id: messageId, timestamp: seconds, secret });
          expect(
            verifySignature(content, { headers: signed, secrets: secret, now: seconds * 1000 }),
          ).toMatchObject({
            id: messageId,
            timestamp: seconds,
          });
        },
      ),
    );
  });

  it("accepts a Date and the injected clock", () => {
    expect(sign(body, { id, timestamp: new Date(now + 999), secret })).toEqual(headers(hmac(key, body)));
    expect(sign(body, { id, now: () => now, secret })).toEqual(headers(hmac(key, body)));
  });

  it.each([
    { id: "" },
    { id: "a.b" },
    { id, timestamp: 1.5 },
    { id, timestamp: -1 },
    { id, timestamp: new Date(Number.NaN) },
    { id, timestamp: "2025-02-14" as unknown as Date },
  ])("refuses %j", (options) => {
    expect(() => sign(body, { secret, ...options })).toThrow(ConfigurationError);
  });
});
