import { sign } from "@sessionhook/core";
import { createSimulator, type NextOptions, type SimulatedType } from "@sessionhook/simulator";

/** A secret for these tests only. */
export const secret = "whsec_bm90IGEgc2VjcmV0LCBvbmx5IGZvciB0aGVzZSB0ZXN0cw==";
/** 2026-06-01T12:00:00Z, the current time of tests with a fixed clock. */
export const now = 1_780_315_200_000;

const simulator = createSimulator({ seed: 6, now });

export interface SignedMessage {
  readonly id: string;
  readonly body: string;
  readonly headers: Record<string, string>;
}

/** Returns the next simulated event, signed at `at` (Unix milliseconds). */
export function message(
  type: SimulatedType = "identity.session.finalized",
  { at = now, ...options }: NextOptions & { at?: number } = {},
): SignedMessage {
  const { id, body } = simulator.next(type, options);
  return { id, body, headers: { ...sign(body, { id, secret, timestamp: Math.floor(at / 1000) }) } };
}

/** Returns a message as a web standard request. */
export function requestOf({ body, headers }: SignedMessage, init: RequestInit = {}): Request {
  const given = { "content-type": "application/json", ...headers, ...(init.headers as object) };
  return new Request("http://localhost/webhooks", { method: "POST", body, ...init, headers: given });
}

/** Returns status and body of an answer for a comparison. */
export async function told(answer: Response): Promise<[number, Record<string, unknown>]> {
  return [answer.status, (await answer.json()) as Record<string, unknown>];
}
