import { createHmac } from "node:crypto";
import {
  type ReplaySignature,
  type SignatureVector,
  signatureVectors,
  vectorBody,
} from "@sessionhook/fixtures";
import { expect } from "vitest";
import type { RuntimeCase } from "../case.js";
import type { RuntimeContext } from "../context.js";
import { expectProblem } from "../expect-answer.js";

const status: Readonly<Record<string, number>> = { missing_header: 400, malformed_header: 400 };

/** Sends the shared signature vectors, signed again with the current time and the secrets of the target. */
export const vectorCases: readonly RuntimeCase[] = signatureVectors().flatMap((vector) =>
  vector.replay === undefined
    ? []
    : [{ name: `vector: ${vector.name}`, run: (c: RuntimeContext) => replay(vector, c) }],
);

async function replay(vector: SignatureVector, c: RuntimeContext): Promise<void> {
  const body = vectorBody(vector);
  const { headers, id } = freshHeaders(vector, body, c.target.secrets);
  const answer = await c.post(body, headers);
  if (!vector.expected.valid) {
    const { code } = vector.expected;
    await expectProblem(answer, status[code] ?? 401, code);
    return;
  }
  const text = await answer.text();
  expect(answer.status, text.slice(0, 300)).toBe(200);
  expect(JSON.parse(text)).toMatchObject({ id });
  expect(await c.raw(id)).toEqual(body);
}

/** Returns the headers of the vector with the current timestamp and matching signatures; all others unchanged. */
function freshHeaders(vector: SignatureVector, body: Uint8Array, secrets: readonly string[]) {
  const { offsetSeconds = 0, signatures = [] } = vector.replay ?? {};
  const was = String(vector.now + offsetSeconds);
  const timestamp = String(Math.floor(Date.now() / 1000) + offsetSeconds);
  const entries = Object.entries(vector.headers);
  const valueOf = (suffix: string) =>
    entries.find(([name]) => name.toLowerCase().endsWith(suffix))?.[1] ?? "";
  const id = valueOf("-id");
  const sent = valueOf("-timestamp") === was ? timestamp : valueOf("-timestamp");
  const signature = signatures.map((entry) => signed(entry, id, sent, body, secrets)).join(" ");
  const original = vector.headers["webhook-signature"] ?? valueOf("-signature");
  const fresh = entries.map(([name, value]): [string, string] => {
    if (name.toLowerCase().endsWith("-timestamp") && value === was) return [name, timestamp];
    if (name.toLowerCase().endsWith("-signature") && value === original && value !== "")
      return [name, signature];
    return [name, value];
  });
  return { headers: Object.fromEntries(fresh), id };
}

/** Computes signatures without core, as the generator of the vectors does: core must not be compared with itself. */
function signed(
  entry: ReplaySignature,
  id: string,
  timestamp: string,
  body: Uint8Array,
  secrets: readonly string[],
): string {
  if (typeof entry === "string") return entry;
  const secret = typeof entry.secret === "string" ? entry.secret : (secrets[entry.secret] ?? "");
  const key = Buffer.from(secret.replace(/^whsec_/, ""), entry.reading);
  const content = entry.bodyBase64 === undefined ? body : Buffer.from(entry.bodyBase64, "base64");
  const hmac = createHmac("sha256", key)
    .update(`${entry.id ?? id}.${timestamp}.`)
    .update(content);
  return `v1,${hmac.digest("base64")}`;
}
