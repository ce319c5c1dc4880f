import { closeSync, openSync, writeSync } from "node:fs";
import { sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { secret } from "../secret.ts";

export interface RequestFile {
  readonly path: string;
  /** Number of requests. */
  readonly count: number;
  /** Average size of a body in bytes. */
  readonly bodyBytes: number;
}

/** Number of different bodies; each event is one of them with new ids inserted. */
const pooled = 2000;
const idPattern = /evt_[0-9A-Za-z]{26}/;
const sessionPattern = /ses_[0-9A-Za-z]{26}/;

/** Returns the `i`-th of the default ids, with 26 digits that count up. */
export const countedId = (i: number) => `evt_${String(i).padStart(26, "0")}`;

/** Returns the body of the `i`-th message: a new event and session of a visitor who comes back. */
export function bodyOf(bodies: readonly string[], i: number, id: string): string {
  const body = bodies[i % bodies.length] as string;
  return body.replace(idPattern, id).replace(sessionPattern, `ses_${String(i).padStart(26, "0")}`);
}

/**
 * Writes `count` messages as complete HTTP requests, each preceded by its length in eight digits. All ids and bodies
 * differ. The signatures carry the current time, so the file can be used for five minutes.
 */
export function writeRequests(
  path: string,
  count: number,
  size: BodySize,
  idOf: (i: number) => string = countedId,
): RequestFile {
  const bodies = bodyPool(size);
  const file = openSync(path, "w", 0o600);
  let bytes = 0;
  let chunks: Buffer[] = [];
  let gathered = 0;
  for (let i = 0; i < count; i++) {
    const id = idOf(i);
    const body = Buffer.from(bodyOf(bodies, i, id));
    const request = requestOf(id, body);
    chunks.push(Buffer.from(String(request.length).padStart(8, "0")), request);
    bytes += body.length;
    gathered += request.length;
    if (gathered > 8_000_000 || i === count - 1) {
      writeSync(file, Buffer.concat(chunks));
      chunks = [];
      gathered = 0;
    }
  }
  closeSync(file);
  return { path, count, bodyBytes: Math.round(bytes / count) };
}

/** `full`: a session with person and companies, 5 to 8 kB. `small`: a session of an anonymous visitor, about 1 to 2 kB. */
export type BodySize = "full" | "small";

export function bodyPool(size: BodySize): string[] {
  const simulator = createSimulator({ seed: 1, now: Date.now() });
  const bodies: string[] = [];
  while (bodies.length < pooled) {
    const { body } = simulator.next();
    const fits = size === "full" ? body.length > 5000 && body.length < 8000 : body.length < 2000;
    if (fits) bodies.push(body);
  }
  return bodies;
}

/** Returns a signed message as a complete HTTP request. Its signature is valid for five minutes. */
export function requestOf(id: string, body: Buffer): Buffer {
  const headers = sign(body, { id, secret });
  const head = [
    "POST /webhooks HTTP/1.1",
    "host: 127.0.0.1",
    "user-agent: provider/1.0",
    "content-type: application/json",
    `content-length: ${body.length}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body]);
}
