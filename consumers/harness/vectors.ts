import { createHmac } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SignedMessage } from "./signed-message.ts";
import { root } from "./paths.ts";

interface ReplaySignature {
  readonly secret: number | string;
  readonly reading: "base64" | "utf8";
  readonly id?: string;
  readonly bodyBase64?: string;
}

interface Vector {
  readonly name: string;
  readonly secrets: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly bodyBase64?: string;
  readonly now: number;
  readonly replay?: {
    readonly offsetSeconds: number;
    readonly signatures: readonly (string | ReplaySignature)[];
  };
}

/**
 * Returns the shared signature vectors that can be signed again, with a current timestamp: libraries of other languages
 * do not allow setting their clock.
 */
export function replayedVectors(now: number): Omit<SignedMessage, "genuine" | "probe">[] {
  const folder = join(root, "packages", "fixtures", "vectors");
  const files = readdirSync(folder).filter((file) => /^[\w-]+\.json$/.test(file));
  const vectors = files.flatMap(
    (file) => (JSON.parse(readFileSync(join(folder, file), "utf8")) as { vectors: Vector[] }).vectors,
  );
  return vectors.flatMap((vector) =>
    vector.replay === undefined ? [] : [replayed(vector, vector.replay, now)],
  );
}

function replayed(vector: Vector, replay: NonNullable<Vector["replay"]>, now: number) {
  const body = bytes(vector);
  const fresh = String(now + replay.offsetSeconds);
  const part = (end: string) => Object.keys(vector.headers).find((name) => name.toLowerCase().endsWith(end));
  const stamp = part("-timestamp") ?? "";
  const signed = Object.entries(vector.headers)
    .find(([name]) => name === part("-timestamp"))?.[1]
    ?.replace(/\d{10}/, fresh);
  const timestamp = signed ?? fresh;
  const id = vector.headers[part("-id") ?? ""] ?? "";
  const entries = replay.signatures.map((entry) =>
    typeof entry === "string" ? entry : `v1,${hmac(entry, vector.secrets, id, timestamp, body)}`,
  );
  const headers: Record<string, string> = { ...vector.headers };
  if (part("-timestamp") !== undefined) headers[stamp] = timestamp;
  const signature = part("-signature");
  // An empty header is the subject of the vector, so it stays empty.
  if (signature !== undefined && headers[signature] !== "") headers[signature] = entries.join(" ");
  return { name: `vector: ${vector.name}`, secrets: vector.secrets, headers, body };
}

function hmac(
  { secret, reading, id, bodyBase64 }: ReplaySignature,
  secrets: readonly string[],
  sentId: string,
  timestamp: string,
  body: Uint8Array,
): string {
  const text = (typeof secret === "number" ? (secrets[secret] ?? "") : secret).replace(/^whsec_/, "");
  return createHmac("sha256", Buffer.from(text, reading))
    .update(`${id ?? sentId}.${timestamp}.`)
    .update(bodyBase64 === undefined ? body : Buffer.from(bodyBase64, "base64"))
    .digest("base64");
}

const bytes = ({ body, bodyBase64 }: Vector): Uint8Array =>
  body === undefined ? Buffer.from(bodyBase64 ?? "", "base64") : Buffer.from(body, "utf8");
