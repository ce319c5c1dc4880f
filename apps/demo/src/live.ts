import { sign } from "@sessionhook/core";
import { createSimulator, type History, type SimulatedEvent } from "@sessionhook/simulator";

export interface LiveOptions {
  readonly history: History;
  readonly endpoint: string;
  readonly secret: string;
  readonly everyMs: number;
}

/** Sends a signed session to the endpoint again and again, and now and then an event that does not fit its schema. */
export function sendLive({ history, endpoint, secret, everyMs }: LiveOptions): void {
  const simulator = createSimulator({ seed: Date.now(), now: Date.now() });
  let count = 0;
  const next = (): SimulatedEvent => {
    count += 1;
    if (count % 25 === 0) return simulator.next(undefined, { variant: "invalid" });
    if (count % 40 === 0) return simulator.next(undefined, { variant: "unrecognized" });
    return history.live(Date.now());
  };
  const send = async () => {
    const { id, body } = next();
    const headers = { ...sign(body, { id, secret }), "content-type": "application/json" };
    // The app may be stopping; the provider would send the event again.
    await fetch(endpoint, { method: "POST", headers, body }).catch(() => undefined);
    schedule();
  };
  // Visitors do not arrive in step.
  const schedule = () => setTimeout(() => void send(), everyMs * (0.5 + Math.random()));
  schedule();
}
