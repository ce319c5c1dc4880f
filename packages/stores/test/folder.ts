import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type NewEvent, noIssues } from "@sessionhook/core";
import { afterEach, beforeEach } from "vitest";

/** Creates a folder for every test; the returned function returns a path in it. */
export function useFolder(): (name: string) => string {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "sessionhook-sqlite-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  return (name) => join(folder, name);
}

export function eventWith(id: string, fields: Partial<NewEvent> = {}): NewEvent {
  return {
    id,
    type: "identity.session.finalized",
    status: "accepted",
    ...noIssues,
    raw: new TextEncoder().encode(`{"id":"${id}"}`),
    receivedAt: 1_771_000_000_000,
    attemptTimestamp: 1_771_000_000,
    signature: "v1,",
    ...fields,
  };
}
