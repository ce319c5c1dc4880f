import { createHash } from "node:crypto";

export const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("base64");

/** What was sent and what was acknowledged with 2xx, by message id. Bodies are kept as their hashes. */
export class Ledger {
  readonly sent = new Map<string, string>();
  readonly acknowledged = new Set<string>();

  send(id: string, body: Uint8Array): void {
    this.sent.set(id, hashOf(body));
  }

  acknowledge(id: string): void {
    this.acknowledged.add(id);
  }

  /** What has been acknowledged until now. What is sent later still counts as sent: a backup may hold it. */
  now(): Pick<Ledger, "sent" | "acknowledged"> {
    return { sent: this.sent, acknowledged: new Set(this.acknowledged) };
  }
}
