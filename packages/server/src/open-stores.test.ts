import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSettings } from "@sessionhook/app";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
// The built one: a worker thread has no TypeScript loader.
import { openStores } from "../dist/open-stores.js";
import { StuckThread } from "../dist/stuck-thread.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "open-stores-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("closes the stores although the writing thread does not end", async () => {
  const settings = readSettings({ SESSIONHOOK_STORE: `sqlite:${join(folder, "events.db")}` });
  const stores = await openStores(settings, { writerThread: true, onWarning: () => undefined });
  const { writer, store, facts } = stores;
  if (writer === undefined || facts === undefined) throw new Error("a store of SQLite has both");
  const closing = [vi.spyOn(store, "close"), vi.spyOn(facts, "close")];
  await writer.close();
  const stuck = new StuckThread("writing");
  vi.spyOn(writer, "close").mockRejectedValue(stuck);
  await expect(stores.close()).rejects.toBe(stuck);
  for (const close of closing) expect(close).toHaveBeenCalledOnce();
});
