import { createHash } from "node:crypto";
import { type NewEvent, noIssues } from "@sessionhook/core";

/** Bodies from a few bytes to several pages, each derived from its id so that a mix-up shows. */
export function batchOf(round: string, number: number): NewEvent[] {
  return Array.from({ length: 1 + (number % 5) }, (_, index) => {
    const id = `evt_${round}_${number}_${index}`;
    return {
      id,
      type: "identity.session.finalized",
      status: index === 3 ? "quarantined" : "accepted",
      ...noIssues,
      raw: bodyOf(id),
      receivedAt: number,
      attemptTimestamp: number,
      signature: "v1,",
    };
  });
}

export function bodyOf(id: string): Uint8Array {
  const digest = createHash("sha512").update(id).digest();
  return Uint8Array.from({ length: (digest.readUInt16BE(0) % 20_000) + 1 }, (_, at) => digest[at % 64] ?? 0);
}
