import { payloads } from "@sessionhook/fixtures";
import { describe, expect, it } from "vitest";
import { InvalidPayloadError, SignatureError } from "./errors.js";
import { generateSecret, sign } from "./signature/sign.js";
import { SigningSecrets } from "./signature/signing-secrets.js";
import { unwrap } from "./unwrap.js";

const secret = generateSecret();
const id = "evt_01KH5HM09WTF6DOE8K2H6DG2RI";

function signed(payload: unknown) {
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  return { body, headers: sign(body, { id, secret }) };
}

describe("unwrap", () => {
  it.each(payloads.types)(
    "gives the event of a genuine %s, whatever form body, headers and secrets have",
    (type) => {
      const payload = payloads.full(type);
      const { body, headers } = signed(payload);
      for (const content of [body, new TextEncoder().encode(body), new TextEncoder().encode(body).buffer]) {
        for (const given of [headers, new Headers(headers), new Map(Object.entries(headers))]) {
          for (const secrets of [secret, [generateSecret(), secret], new SigningSecrets(secret)]) {
            expect(unwrap(content, { headers: given, secrets })).toEqual(payload);
          }
        }
      }
    },
  );

  it("returns an event of an unknown type and does not throw", () => {
    const { body, headers } = signed({ type: "identity.unheard.of", more: 1 });
    const event = unwrap(body, { headers, secrets: secret });
    expect(event).toEqual({ type: "identity.unheard.of", more: 1 });
  });

  it("throws for a genuine but invalid event, and names the path", () => {
    const { body, headers } = signed({ ...payloads.full("identity.session.finalized"), created: null });
    const run = () => unwrap(body, { headers, secrets: secret });
    expect(run).toThrow(InvalidPayloadError);
    expect(run).toThrow("created: expected number, found null");
  });

  it("names the cause if a genuine body is empty", () => {
    const { body, headers } = signed("");
    for (const given of [body, new Uint8Array()])
      expect(() => unwrap(given, { headers, secrets: secret })).toThrow(": the body is empty");
  });

  it("does not parse a body that is not genuine", () => {
    const { headers } = signed("{}");
    const run = () => unwrap("not even JSON", { headers, secrets: secret });
    expect(run).toThrow(SignatureError);
    expect(run).toThrow(expect.objectContaining({ code: "signature_mismatch" }));
  });
});
