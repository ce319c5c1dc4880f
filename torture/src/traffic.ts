import { createSimulator, simulatedTypes } from "@sessionhook/simulator";

export interface SignedMessage {
  readonly id: string;
  readonly body: Buffer;
}

/** Returns a function that creates genuine messages of every kind: all types, invalid variants, unknown types, text that is not JSON, and large ones. */
export function createTraffic(seed: number, now = Date.now()): () => SignedMessage {
  const simulator = createSimulator({ seed, now });
  let made = 0;
  return () => {
    const turn = made++;
    const type = simulatedTypes[turn % simulatedTypes.length];
    if (turn % 10 === 7) return deliver(simulator.next(type, { variant: "invalid" }));
    if (turn % 10 === 9) return deliver(simulator.next(type, { variant: "unrecognized" }));
    const event = simulator.next(type);
    if (turn % 50 === 11) return { id: event.id, body: noJson(turn) };
    if (turn % 50 === 33) return { id: event.id, body: large(event.body, turn) };
    return deliver(event);
  };
}

function deliver({ id, body }: { id: string; body: string }): SignedMessage {
  return { id, body: Buffer.from(body) };
}

function noJson(turn: number): Buffer {
  return Buffer.from(Uint8Array.from({ length: (turn * 7) % 3000 }, (_, at) => (at * 31 + turn) & 0xff));
}

/** Returns an unknown member of up to 200 kB, which is stored like any other. */
function large(body: string, turn: number): Buffer {
  return Buffer.from(`${body.slice(0, -1)},"padding":"${"é".repeat((turn * 997) % 100_000)}"}`);
}
