import { signatureVectorFiles, type SignatureVector, vectorBody } from "@sessionhook/fixtures";
import { describe, expect, it, vi } from "vitest";
import * as nobleCrypto from "./crypto-noble.js";
import * as nodeCrypto from "./crypto-node.js";

// The same verifier twice, each with its own primitives: #crypto is chosen by the runtime.
vi.resetModules();
vi.doMock("#crypto", () => nodeCrypto);
const onNode = { ...(await import("./verify-signature.js")), ...(await import("#crypto")) };
vi.resetModules();
vi.doMock("#crypto", () => nobleCrypto);
const onNoble = { ...(await import("./verify-signature.js")), ...(await import("#crypto")) };

/** Returns the result of the verifier in the form of a vector's `expected`. */
function resultOf({ verifySignature }: typeof onNode, vector: SignatureVector, body: string | Uint8Array) {
  try {
    const { id, timestamp, scheme } = verifySignature(body, {
      headers: vector.headers,
      secrets: vector.secrets,
      secretEncoding: vector.secretEncoding,
      toleranceSeconds: vector.toleranceSeconds,
      now: new Date(vector.now * 1000),
    });
    return { valid: true, id, timestamp, scheme };
  } catch (error) {
    return { valid: false, code: (error as { code?: unknown }).code };
  }
}

it("the two implementations are different code", () => {
  expect(onNode.hmacSha256).not.toBe(onNoble.hmacSha256);
  expect(onNode.importHmacKey.toString()).toContain("createSecretKey");
  expect(onNoble.hmacSha256.toString()).toContain("sha256");
});

/** Each runtime has its own node:crypto. */
const runtime = ["bun", "deno"].find((name) => name in process.versions) ?? "node";

describe.each([
  [`node:crypto on ${runtime}`, onNode],
  ["noble", onNoble],
])("with %s", (_, implementation) => {
  const vectors = Object.entries(signatureVectorFiles()).flatMap(([file, { vectors }]) =>
    vectors.map((vector) => [file, vector.name, vector] as const),
  );
  it.each(vectors)("%s: %s", (_, __, vector) => {
    expect(resultOf(implementation, vector, vectorBody(vector))).toEqual(vector.expected);
    if (vector.body !== undefined) {
      expect(resultOf(implementation, vector, vector.body)).toEqual(vector.expected);
    }
  });
});
