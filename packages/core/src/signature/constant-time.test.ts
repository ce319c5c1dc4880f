import { describe, expect, it, vi } from "vitest";
import { constantTimeEqual } from "./constant-time.js";
import { generateSecret, sign } from "./sign.js";
import { verifySignature } from "./verify-signature.js";

// The spy calls the real function; a test can replace its result.
vi.mock("./constant-time.js", { spy: true });
const equal = vi.mocked(constantTimeEqual);

describe("comparing in constant time", () => {
  it("returns whether two values are equal", () => {
    for (const [given, expected] of [
      ["", ""],
      ["a", "a"],
      ["é🦊", "é🦊"],
    ] as const) {
      expect(constantTimeEqual(given, expected)).toBe(true);
    }
    for (const [given, expected] of [
      ["", "a"],
      ["a", ""],
      ["ab", "a"],
      ["a", "ab"],
      ["ab", "aB"],
      ["\0", ""],
    ] as const) {
      expect(constantTimeEqual(given, expected)).toBe(false);
    }
  });

  // What a measurement of time can miss: that anything else has a say.
  it("is the only comparison that decides about a signature", () => {
    const secret = generateSecret();
    const right = sign("{}", { id: "evt_1", secret });
    const wrong = sign("{}", { id: "evt_1", secret: generateSecret() });
    const verify = (headers: typeof right) => () => verifySignature("{}", { headers, secrets: secret });
    equal.mockReturnValue(false);
    expect(verify(right)).toThrow(expect.objectContaining({ code: "signature_mismatch" }));
    equal.mockReturnValue(true);
    expect(verify(wrong)()).toMatchObject({ id: "evt_1" });
    const [given, expected] = equal.mock.lastCall ?? [];
    expect([given, expected].map((text) => `v1,${text}`)).toEqual([
      wrong["webhook-signature"],
      right["webhook-signature"],
    ]);
  });
});
