import { createHash } from "node:crypto";

export const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("base64");

/** The sent messages and those that were acknowledged with 2xx, by message id. Bodies are recorded as hashes. */
export class Ledger {
  readonly sent = new Map<string, string>();
  readonly acknowledged = new Set<string>();
  /** Start of each acknowledged attempt, by `performance.now()`. */
  readonly begun = new Map<string, number>();

  send(id: string, body: Uint8Array): void {
    this.sent.set(id, hashOf(body));
  }

  acknowledge(id: string, begun = performance.now()): void {
    this.acknowledged.add(id);
    this.begun.set(id, begun);
  }

  /** Removes messages that were deleted on purpose from the acknowledged ones. */
  forget(ids: Iterable<string>): void {
    for (const id of ids) this.acknowledged.delete(id);
  }

  /** Returns the messages acknowledged until now. Later messages remain in `sent`: a backup may contain them. */
  now(): Pick<Ledger, "sent" | "acknowledged"> {
    return { sent: this.sent, acknowledged: new Set(this.acknowledged) };
  }
}
