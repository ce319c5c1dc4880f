import { sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";

/** Made for these tests; the snippets read it from the environment when they are loaded. */
export const secret = "whsec_bm90IGEgc2VjcmV0LCBvbmx5IGZvciB0aGVzZSB0ZXN0cw==";
process.env["WEBHOOK_SECRET"] = secret;

const simulator = createSimulator({ seed: Date.now() % 1_000_000, now: Date.now() });

export interface SignedMessage {
  readonly id: string;
  readonly body: string;
  readonly headers: Record<string, string>;
}

/** A session event signed now, with spacing that decoding and encoding the body again would lose. */
export function message(variant?: "invalid" | "unrecognized"): SignedMessage {
  const { id, body } = simulator.next("identity.session.finalized", { variant });
  const text = ` ${body}\n`;
  return signed(id, text);
}

export function signed(id: string, body: string): SignedMessage {
  return { id, body, headers: { "content-type": "application/json", ...sign(body, { id, secret }) } };
}
