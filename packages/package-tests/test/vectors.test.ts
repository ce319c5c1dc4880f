import { verifySignature } from "@sessionhook/core";
import { expect, it } from "vitest";
import { misjudged, type Vector } from "../src/vectors/misjudged.js";

const files = ["signing", "bodies", "headers", "rotation", "ed25519", "tolerance", "hostile", "secrets"];

function core(vector: Vector, body: Uint8Array): boolean {
  const { headers, secrets, secretEncoding, toleranceSeconds, now } = vector;
  try {
    verifySignature(body, { headers, secrets, secretEncoding, toleranceSeconds, now: new Date(now * 1000) });
    return true;
  } catch {
    return false;
  }
}

it.each(files)("vectors/%s.json finds no fault in core, and many in a verifier that is none", (file) => {
  expect(misjudged(file, core)).toEqual([]);
  const always = [misjudged(file, () => true), misjudged(file, () => false)];
  expect(Math.max(...always.map((names) => names.length))).toBeGreaterThan(5);
});

it("finds a verifier that reads the body as text", () => {
  const lax = (vector: Vector, body: Uint8Array) => core(vector, Buffer.from(new TextDecoder().decode(body)));
  expect(misjudged("bodies", lax)).toContain("every byte");
});
