import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "@sessionhook/stores";
import { expect, test } from "vitest";
import { privacyOf } from "./privacy.js";

test("an operation on a database that is gone fails, and creates none", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sessionhook-privacy-"));
  const address = { scheme: "sqlite", path: join(folder, "events.db") } as const;
  const store = await openStore(address);
  const privacy = privacyOf(address, store);
  expect(await privacy?.find({ email: "ada@example.com" })).toMatchObject({ events: 0 });
  for (const suffix of ["", "-wal", "-shm"]) rmSync(address.path + suffix, { force: true });
  await expect(privacy?.find({ email: "ada@example.com" })).rejects.toMatchObject({
    code: "store_unavailable",
  });
  expect(existsSync(address.path)).toBe(false);
  await store.close();
  rmSync(folder, { recursive: true });
});
