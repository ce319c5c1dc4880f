import type { NextOptions, SimulatedType } from "@sessionhook/simulator";
import { jsonFields } from "../http.js";
import type { Message } from "./send-message.js";

/** The end of the simulated time of a seeded run, fixed so that the same seed gives the same bytes on any day. */
const seededEnd = Date.UTC(2026, 0, 1);

/** Generates simulated events: the same seed gives the same events, no seed gives new ones. */
export async function simulatedMessages(
  seed: number | undefined,
  now: number,
  type: SimulatedType,
  variant: NextOptions["variant"],
): Promise<() => Message> {
  // Its names and words take half of the time that a command needs to start.
  const { createSimulator } = await import("@sessionhook/simulator");
  const fresh = crypto.getRandomValues(new Uint32Array(2));
  const simulator = createSimulator(
    seed === undefined
      ? { seed: (fresh[0] as number) * 0x100000 + ((fresh[1] as number) & 0xfffff), now }
      : { seed, now: seededEnd },
  );
  return () => simulator.next(type, { variant });
}

/** Returns the bytes of a file each time, with the id in them or, if they have none, a new id each time. */
export function fileMessages(body: Uint8Array<ArrayBuffer>): () => Message {
  const { id } = jsonFields(new TextDecoder().decode(body));
  const usable = typeof id === "string" && /^[\x21-\x2d\x2f-\x7e]{1,256}$/.test(id);
  return () => ({ id: usable ? id : `evt_${freshLetters()}`, body });
}

function freshLetters(): string {
  const random = crypto.getRandomValues(new Uint8Array(26));
  return Array.from(random, (byte) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[byte % 32]).join("");
}
