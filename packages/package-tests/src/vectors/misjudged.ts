import { createRequire } from "node:module";

const load = createRequire(import.meta.url);

export interface Vector {
  readonly name: string;
  readonly secrets: readonly string[];
  readonly secretEncoding?: "base64" | "utf8";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly bodyBase64?: string;
  readonly now: number;
  readonly toleranceSeconds: number;
  readonly expected: { readonly valid: boolean };
}

/** The names of the vectors of a file that a verifier judges wrong. */
export function misjudged(file: string, verify: (vector: Vector, body: Uint8Array) => boolean): string[] {
  const { vectors } = load(`@sessionhook/json-schema/vectors/${file}.json`) as { vectors: Vector[] };
  const wrong = vectors.filter((vector) => {
    const text = vector.bodyBase64 ?? vector.body ?? "";
    const body = Buffer.from(text, vector.bodyBase64 === undefined ? "utf8" : "base64");
    return verify(vector, body) !== vector.expected.valid;
  });
  return wrong.map(({ name }) => name);
}
