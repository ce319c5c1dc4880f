import { Buffer } from "node:buffer";
import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { ConfigurationError } from "../errors.js";
import { generateKeyPair, generateSecret, sign } from "./sign.js";
import { maxSecrets } from "../limits.js";
import { SigningSecrets } from "./signing-secrets.js";
import { verifySignature } from "./verify-signature.js";

const bytes = (length: number) => `whsec_${Buffer.alloc(length, 0xa7).toString("base64")}`;

/** The message of the refusal, or "ok". */
function refusal(secrets: unknown, options: ConstructorParameters<typeof SigningSecrets>[1] = {}): string {
  try {
    new SigningSecrets(secrets as string, options);
    return "ok";
  } catch (error) {
    expect(ConfigurationError.isInstance(error)).toBe(true);
    expect((error as ConfigurationError).code).toMatch(/^invalid_(?:secret|option)$/);
    return (error as Error).message;
  }
}

/** The message of the error that `verifySignature` throws for secrets that are not prepared. */
function verifyRefusal(secrets: string[]): string {
  try {
    verifySignature("", { headers: {}, secrets });
    return "ok";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("secrets", () => {
  it.each([
    undefined,
    null,
    "",
    "   ",
    "undefined",
    "null",
    "whsec_",
    "whsec_undefined",
    "whsec_null",
    "[object Object]",
    "whsec_[object Promise]",
    42,
    {},
    [],
    [undefined],
    [""],
    ["whsec_"],
  ])("refuses %j", (secret) => {
    expect(refusal(secret)).not.toBe("ok");
    expect(refusal(secret, { allowShortSecrets: true })).not.toBe("ok");
  });

  it.each([
    [0, "placeholder"],
    [1, "too short"],
    [16, "too short"],
    [23, "too short"],
    [24, "ok"],
    [32, "ok"],
    [64, "ok"],
    [65, "too long"],
  ])("%i bytes: %s", (length, expected) => {
    expect(refusal(bytes(length))).toContain(expected);
  });

  it("accepts short secrets only with allowShortSecrets, and never very long ones", () => {
    expect(refusal(bytes(5), { allowShortSecrets: true })).toBe("ok");
    expect(refusal(bytes(65), { allowShortSecrets: true })).toContain("too long");
    expect(refusal("whsec_short-text")).toContain("too short");
    expect(refusal("whsec_short-text")).toContain("use allowShortSecrets: true");
    expect(refusal("whsec_short-text", { allowShortSecrets: true })).toBe("ok");
  });

  it("names the required kind of key", () => {
    const pair = generateKeyPair();
    expect(refusal(pair.secretKey)).toContain("public key (whpk_)");
    expect(refusal(pair.publicKey)).toBe("ok");
    expect(refusal("whpk_AAAA")).toContain("32 bytes");
    expect(refusal(Buffer.alloc(32).toString("base64"))).toContain("whsec_");
    expect(refusal("whsec_not/canonical==", { secretEncoding: "base64" })).toContain("not base64");
    expect(refusal(bytes(32), { secretEncoding: "hex" as "base64" })).toContain("secretEncoding");
    for (const secret of [bytes(32), pair.secretKey]) {
      const wrong = { id: "a", secret, secretEncoding: "UTF8" as "utf8" };
      expect(() => sign("", wrong)).toThrow("secretEncoding must be auto, base64 or utf8");
    }
    expect(() => sign("", { id: "a", secret: pair.publicKey })).toThrow("whsk_");
    for (const text of ["abc", "", "undefined"]) {
      expect(refusal(text)).toMatch(/must start with whsec_ .* or whpk_ /);
      expect(() => sign("", { id: "a", secret: text })).toThrow(/must start with whsec_ .* or whsk_ /);
    }
    expect(() => sign("", { id: "a", secret: [] })).toThrow(ConfigurationError);
  });

  it("rejects two secrets without a separator", () => {
    for (const between of [";", "|", "", " ", "\n", ", "]) {
      expect(refusal(`${generateSecret()}${between}${generateSecret()}`)).toContain("a second one");
    }
  });

  it("limits the number of secrets", () => {
    expect(refusal(Array.from({ length: maxSecrets }, () => generateSecret()))).toBe("ok");
    expect(refusal(Array.from({ length: maxSecrets + 1 }, () => generateSecret()))).toContain(
      String(maxSecrets),
    );
  });

  it("are rejected by verifySignature too, for any headers", () => {
    for (const secrets of ["", [], "whsec_AAAA", [generateSecret(), "whsec_AAAA"]]) {
      expect(() => verifySignature("", { headers: {}, secrets })).toThrow(ConfigurationError);
    }
  });

  it("are named by their place among several, prepared or not", () => {
    const [good, other] = [generateSecret(), generateSecret()];
    const wrong: [unknown, string][] = [
      [[good, "whsec_short"], "Secret 2 of 2: The signing secret is too short"],
      [[good, good, undefined, other], "Secret 3 of 4: A signing secret must be a text, not undefined"],
      [["whsec_short"], "The signing secret is too short"],
    ];
    for (const [secrets, message] of wrong) {
      const errors = [refusal(secrets), verifyRefusal(secrets as string[])];
      expect(errors).toEqual([expect.stringMatching(`^${message}`), errors[0]]);
    }
  });

  it("prepared by another installed copy are accepted with their own options", async () => {
    const short = bytes(5);
    vi.resetModules();
    const copy = await import("./signing-secrets.js");
    expect(copy.SigningSecrets).not.toBe(SigningSecrets);
    const list = [generateSecret(), short];
    const theirs = new copy.SigningSecrets(list, { allowShortSecrets: true });
    list.pop();
    const headers = sign("{}", { id: "evt_1", secret: short, allowShortSecrets: true });
    for (const secrets of [theirs, theirs, new SigningSecrets(theirs as never)])
      expect(verifySignature("{}", { headers, secrets: secrets as SigningSecrets }).id).toBe("evt_1");
    for (const text of [inspect(theirs), JSON.stringify(theirs), String(theirs)])
      expect(text).not.toContain(short.slice(6, 12));
  });

  it("are never quoted in error messages", () => {
    for (const secret of [
      "whsec_hunter2hunter2",
      "hunter2hunter2hunter2hunter2",
      "whpk_hunter2",
      `whsec_${"hunter2".repeat(20)}`,
    ]) {
      expect(refusal(secret)).not.toContain("hunter2");
    }
  });
});

describe("generated", () => {
  it("secrets begin with whsec_, are canonical, have the requested length, and differ", () => {
    expect(Buffer.from(generateSecret().slice(6), "base64")).toHaveLength(32);
    expect(Buffer.from(generateSecret({ bytes: 64 }).slice(6), "base64")).toHaveLength(64);
    expect(new Set(Array.from({ length: 100 }, () => generateSecret())).size).toBe(100);
    expect(refusal(generateSecret())).toBe("ok");
  });

  it.each([0, 23, 65, 24.5, Number.NaN])("refuses %d bytes", (length) => {
    expect(() => generateSecret({ bytes: length })).toThrow(ConfigurationError);
  });

  it("uses the injected randomness", () => {
    const random = (array: Uint8Array) => array.fill(7);
    expect(generateSecret({ random })).toBe(`whsec_${Buffer.alloc(32, 7).toString("base64")}`);
    expect(generateKeyPair({ random })).toEqual(generateKeyPair({ random }));
  });
});
