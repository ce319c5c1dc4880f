import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import {
  generateKeyPair,
  generateSecret,
  sign,
  type SignatureError,
  verifySignature,
} from "@sessionhook/core";
import { describe, expect, it } from "vitest";
import type { Captured } from "./captured.js";
import { findCause } from "./causes.js";

const secret = generateSecret();
const timestamp = 1_771_000_000;
const now = timestamp * 1000;
const id = "evt_1";
const body =
  '{"id":"evt_1","name":"Zoë 🦊","url":"https://x.example/a","n":[1.0,{}],"big":12345678901234567890}';

/** Returns a message that was signed with one body and captured with another, with the changes of the test. */
function capture(
  signed: string | Buffer,
  captured: string | Buffer,
  change: Partial<Captured> = {},
): Captured {
  const headers = Object.entries<string>({ ...sign(signed, { id, timestamp, secret }) });
  return {
    body: Buffer.from(captured as string),
    headers: Object.fromEntries(headers.map(([name, value]) => [name, [value]])),
    secrets: [secret],
    secretEncoding: "auto",
    allowShortSecrets: false,
    now,
    elsewhere: [],
    ...change,
  };
}

/** Returns the code of the cause, which the command searches after a rejection. */
function causeOf(captured: Captured): string | undefined {
  try {
    verifySignature(captured.body, captured);
  } catch (error) {
    const cause = findCause(captured, error as SignatureError);
    expect(cause?.message ?? "").not.toMatch(/Zoë|whsec_[A-Za-z0-9+/]{10}/);
    return cause?.code;
  }
  throw new Error("it verifies");
}

const indented = JSON.stringify(
  JSON.parse(body.replace("1.0", "1").replace(/12345678901234567890/, "1")),
  null,
  2,
);
const python = String.raw`{"id": "evt_1", "name": "Zo\u00eb", "n": [1, 2.0, {"a": []}]}`;

describe("the cause of a signature that does not match", () => {
  it.each<[string, string | Buffer, string | Buffer]>([
    // code, what was signed, what was captured
    ["final_newline", body, `${body}\n`],
    ["final_newline", body, `${body}\r\n`],
    ["final_newline", `${body}\n`, body],
    ["final_newline", `${body}\r\n`, body],
    ["final_newline", "not JSON", "not JSON\n"],
    ["byte_order_mark", body, `\ufeff${body}`],
    ["byte_order_mark", body, `\ufeff${body}\r\n`],
    ["byte_order_mark", `\ufeff${body}`, body],
    ["utf_16", body, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`${body}\r\n`, "utf16le")])],
    ["line_ends", indented, indented.replaceAll("\n", "\r\n")],
    ["line_ends", indented, `${indented}\n`.replaceAll("\n", "\r\n")],
    ["line_ends", indented.replaceAll("\n", "\r\n"), indented],
    ["blanks", body, `\n  ${body}  \n\n`],
    ["formatted", body, body.replaceAll(",", ", ").replaceAll('":', '": ')],
    [
      "formatted",
      body,
      JSON.stringify(JSON.parse(body.replace("1.0,", "1,")), null, 2)
        .replace("12345678901234567000", "12345678901234567890")
        .replace("1,\n", "1.0,\n"),
    ],
    ["formatted", indented, JSON.stringify(JSON.parse(indented))],
    ["formatted", `${indented}\n`, JSON.stringify(JSON.parse(indented))],
    ["formatted", indented.replaceAll("  ", "\t"), JSON.stringify(JSON.parse(indented), null, 4)],
    ["formatted", python, python.replaceAll(" ", "")],
    ["formatted", python, python.replace(String.raw`\u00eb`, "ë")],
    ["formatted", python.replace(String.raw`\u00eb`, "ë"), python.replaceAll(" ", "")],
    ["formatted", JSON.stringify({ a: "x/y" }).replaceAll("/", "\\/"), JSON.stringify({ a: "x/y" }, null, 2)],
    ["formatted", '{"n":1,"e":"\\n"}', '{"n":1.0,"e":"\\u000a"}'],
    ["character_set", body.replace("🦊", ""), Buffer.from(body.replace("🦊", ""), "latin1")],
    ["character_set", body, Buffer.from(Buffer.from(body).toString("latin1"))],
    ["base64", body, Buffer.from(body).toString("base64")],
    ["base64", Buffer.from([0, 255, 128]), Buffer.from([0, 255, 128]).toString("base64")],
    ["json_string", body, JSON.stringify(body)],
  ])("is found in the body: %s", (code, signed, captured) => {
    expect(causeOf(capture(signed, captured))).toBe(code);
  });

  it("is found in the secret", () => {
    const undecoded = sign(body, { id, timestamp, secret, secretEncoding: "utf8" });
    const headers = { ...capture(body, body).headers, "webhook-signature": [undecoded["webhook-signature"]] };
    expect(causeOf(capture(body, body, { headers, secretEncoding: "base64" }))).toBe("secret_encoding");
    expect(causeOf(capture(body, body, { secretEncoding: "utf8" }))).toBe("secret_encoding");
    const other = {
      secrets: [generateSecret()],
      elsewhere: [{ where: "SESSIONHOOK_SECRETS", secrets: [secret] }],
    };
    expect(causeOf(capture(body, body, other))).toBe("other_secret");
    const both = findCause(capture(body, `${body}\n`, other), {
      code: "signature_mismatch",
    } as SignatureError);
    expect(both).toMatchObject({
      code: "final_newline",
      message: expect.stringContaining("SESSIONHOOK_SECRETS"),
    });
    expect(causeOf(capture(body, body, { secrets: [generateSecret()] }))).toBeUndefined();
    const large = Buffer.alloc(1024 * 1024, 0x61);
    const many = [...Array.from({ length: 8 }, () => generateSecret()), secret];
    expect(causeOf(capture(large, large, { secrets: many }))).toBe("many_secrets");
    const changed = findCause(capture(body, `${body}\n`, { secrets: many }), {
      code: "signature_mismatch",
    } as SignatureError);
    expect(changed?.message).not.toContain("secret");
  });

  it("is found in the scheme", () => {
    const { publicKey, secretKey } = generateKeyPair();
    expect(causeOf(capture(body, body, { secrets: [publicKey] }))).toBe("other_scheme");
    const headers = {
      ...capture(body, body).headers,
      "webhook-signature": [sign(body, { id, timestamp, secret: secretKey })["webhook-signature"]],
    };
    expect(causeOf(capture(body, body, { headers }))).toBe("other_scheme");
    expect(causeOf(capture(body, `${body}\n`, { headers, secrets: [publicKey] }))).toBe("final_newline");
  });

  it("is found in the headers", () => {
    const { headers } = capture(body, body);
    expect(causeOf(capture(body, body.replace("evt_1", "evt_2")))).toBe("other_message");
    const none = { ...headers, "webhook-signature": ["v9,AAAA"] };
    expect(causeOf(capture(body, body, { headers: none }))).toBe("other_scheme");
    expect(causeOf(capture(body, body, { headers: {} }))).toBeUndefined();
  });

  it.each<[string, string, string]>([
    ["prefix_in_key", secret, `${id}.${timestamp}.${body}`],
    ["body_alone", secret.slice(6), body],
    ["spelling", secret.slice(6), `${id}.${timestamp}.${body}`],
  ])("is found in a sender that computes the HMAC without a library: %s", (code, key, content) => {
    const digest = createHmac("sha256", key)
      .update(content)
      .digest(code === "spelling" ? "hex" : "base64");
    const headers = { ...capture(body, body).headers, "webhook-signature": [`v1,${digest}`] };
    expect(causeOf(capture(body, body, { headers }))).toBe(code);
  });

  it("is found in the clock, and in the body if the clock is wrong too", () => {
    for (const seconds of [-900, 900]) {
      expect(causeOf(capture(body, body, { now: now + seconds * 1000 }))).toBe("clock");
      expect(causeOf(capture(body, `${body}\n`, { now: now + seconds * 1000 }))).toBe("final_newline");
    }
    const signed = sign(body, { id, timestamp: now, secret });
    const headers = Object.fromEntries(Object.entries(signed).map(([name, value]) => [name, [value]]));
    expect(causeOf(capture(body, body, { headers }))).toBe("milliseconds");
  });

  it("is searched without an error in any body", () => {
    const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
    for (const odd of ["", "\n", "\ufeff", '"', "[", deep, `${deep}\n`, "\0\xff"]) {
      expect(causeOf(capture("other", odd))).toBeUndefined();
    }
    expect(causeOf(capture(deep, `${deep}\n`))).toBe("final_newline");
    expect(causeOf(capture(deep, deep.replace("[[", "[ [")))).toBe("formatted");
  });
});
