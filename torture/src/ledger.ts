import { createHash } from "node:crypto";

export const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("base64");

/** What was sent and what was acknowledged with 2xx, by message id. Bodies are kept as their hashes. */
export class Ledger {
  readonly sent = new Map<string, string>();
  readonly acknowledged = new Set<string>();
  /** When the attempt began that was acknowledged, by `performance.now()`. */
  readonly begun = new Map<string, number>();

  send(id: string, body: Uint8Array): void {
    this.sent.set(id, hashOf(body));
  }

  acknowledge(id: string, begun = performance.now()): void {
    this.acknowledged.add(id);
    this.begun.set(id, begun);
  }

  /** What was deleted on purpose need not be there. */
  forget(ids: Iterable<string>): void {
    for (const id of ids) this.acknowledged.delete(id);
  }

  /** What has been acknowledged until now. What is sent later still counts as sent: a backup may hold it. */
  now(): Pick<Ledger, "sent" | "acknowledged"> {
    return { sent: this.sent, acknowledged: new Set(this.acknowledged) };
  }
}
