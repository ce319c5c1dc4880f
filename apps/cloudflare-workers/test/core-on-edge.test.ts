import { Buffer } from "node:buffer";
import { fileURLToPath } from "node:url";
import { workerdMissing } from "@sessionhook/conformance/workerd";
import { generateKeyPair, sign, SignatureError, verifySignature } from "@sessionhook/core";
import { payloads, signatureVectors, vectorBody } from "@sessionhook/fixtures";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const missing = workerdMissing();
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const pair = generateKeyPair();
const now = 1_739_571_908_000;
const id = "evt_01KHEWZ09CQB36JZ5F7D3ZB9NE";
const large = JSON.stringify(payloads.full("identity.session.finalized"));

interface Vector {
  readonly body: string;
  readonly headers: Record<string, string>;
  readonly secrets: string;
  readonly now: number;
}

const vector = (
  body: string,
  change: Partial<Parameters<typeof sign>[1]> = {},
  secrets = secret,
): Vector => ({
  body,
  headers: { ...sign(body, { id, secret, timestamp: now / 1000, ...change }) },
  secrets,
  now,
});
const signedBy = (signature: string): Vector => {
  const good = vector(large);
  return { ...good, headers: { ...good.headers, "webhook-signature": signature } };
};

/** Valid and invalid messages; the first is the published vector of the reference libraries. */
const vectors: readonly Vector[] = [
  {
    body: '{"test": 2432232314}',
    headers: {
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    },
    secrets: secret,
    now: 1_614_265_330_000,
  },
  vector(""),
  vector(large),
  vector("Zoë 🦊 \u2028 שלום"),
  vector("x".repeat(100_000)),
  vector(large, { secretEncoding: "utf8" }),
  vector(large, { secret: pair.secretKey }, pair.publicKey),
  vector(large, { secret: pair.secretKey }, generateKeyPair().publicKey),
  { ...vector(large), body: `${large} ` },
  { ...vector(large), secrets: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD" },
  { ...vector(large), now: now + 301_000 },
  signedBy("v1,AAAA"),
  signedBy(`v1a,${Buffer.alloc(64).toString("base64")}`),
];

/** The shared vectors, in the form that the Worker takes. */
const shared = signatureVectors().map((one) => ({
  ...one,
  bodyBase64: Buffer.from(vectorBody(one)).toString("base64"),
}));

function resultOf({ body, ...options }: Vector): string {
  try {
    return verifySignature(body, options).scheme;
  } catch (error) {
    if (SignatureError.isInstance(error)) return error.code;
    throw error;
  }
}

const worker = `
import { parseEvent, sign, SignatureError, verifySignature } from "@sessionhook/core";
function resultOf({ body, ...options }) {
  try {
    return verifySignature(body, options).scheme;
  } catch (error) {
    if (SignatureError.isInstance(error)) return error.code;
    throw error;
  }
}
function outcome({ bodyBase64, now, expected: _, ...options }) {
  const body = Uint8Array.from(atob(bodyBase64), (char) => char.charCodeAt(0));
  try {
    const { id, timestamp, scheme } = verifySignature(body, { ...options, now: now * 1000 });
    return { valid: true, id, timestamp, scheme };
  } catch ({ code }) {
    return { valid: false, code };
  }
}
export default {
  async fetch(request) {
    const { vectors, shared, toSign, toParse } = await request.json();
    return Response.json({
      results: vectors.map(resultOf),
      shared: shared.map(outcome),
      signed: toSign.map(({ body, options }) => sign(body, options)),
      parsed: parseEvent(toParse).status,
    });
  },
};`;

/** Bundles core and its dependencies for a platform. */
async function bundle(conditions: string[]) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: worker, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    bundle: true,
    format: "esm",
    platform: "browser",
    conditions,
    external: conditions.includes("node") ? ["node:*"] : [],
    metafile: true,
    write: false,
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  return { script: outputFiles[0]?.text ?? "", inputs: Object.keys(metafile.inputs), imported };
}

describe.each([
  { name: "for browsers and edges", conditions: [], flags: [], primitives: "crypto-noble" },
  {
    name: "for Workers with nodejs_compat",
    conditions: ["workerd", "node"],
    flags: ["nodejs_compat"],
    primitives: "crypto-node",
  },
])("core bundled $name", ({ conditions, flags, primitives }) => {
  let built: Awaited<ReturnType<typeof bundle>>;
  beforeAll(async () => {
    built = await bundle(conditions);
  });

  it(`contains ${primitives} and imports nothing else`, () => {
    const crypto = built.inputs.filter((path) => /signature\/crypto-\w+\.js$/.test(path));
    expect(crypto).toEqual([expect.stringContaining(`${primitives}.js`)]);
    expect(built.imported).toEqual([]);
    expect(built.inputs.some((path) => path.includes("@noble/hashes"))).toBe(primitives === "crypto-noble");
  });

  describe.skipIf(missing !== undefined)(`in workerd${missing === undefined ? "" : ` (${missing})`}`, () => {
    let miniflare: Miniflare;
    beforeAll(() => {
      miniflare = new Miniflare({
        modules: [{ type: "ESModule", path: "worker.js", contents: built.script }],
        compatibilityDate: "2026-07-01",
        compatibilityFlags: flags,
      });
    });
    afterAll(() => miniflare?.dispose());

    it("verifies and signs like core on Node", async () => {
      const toSign = [secret, pair.secretKey].map((secret) => ({
        body: large,
        options: { id, secret, timestamp: now / 1000 },
      }));
      const body = JSON.stringify({ vectors, shared, toSign, toParse: large });
      const answer = await fetch(await miniflare.ready, { method: "POST", body });
      const expected = ["v1", "v1", "v1", "v1", "v1", "v1", "v1a"];
      const refused = Array.from({ length: 3 }, () => "signature_mismatch");
      expected.push(...refused, "timestamp_too_old", "signature_mismatch", "signature_mismatch");
      expect(vectors.map(resultOf)).toEqual(expected);
      expect(await answer.json()).toEqual({
        results: expected,
        shared: shared.map((one) => one.expected),
        signed: toSign.map(({ body, options }) => ({ ...sign(body, options) })),
        parsed: "accepted",
      });
    });
  });
});
