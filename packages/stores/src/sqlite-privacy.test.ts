import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describePrivacyStore } from "@sessionhook/conformance/privacy-store-suite";
import { openSqliteDeliveryStore, openSqliteFactStore, openSqliteStore } from "./sqlite.js";
import { openSqlitePrivacyStore } from "./sqlite-privacy.js";

// The apps of Bun and Deno run these tests once more on their own node:sqlite.
const runtime = ["bun", "deno"].find((name) => name in process.versions) ?? "node";

describePrivacyStore(`SQLite on ${runtime}`, {
  make: async () => {
    const folder = mkdtempSync(join(tmpdir(), "sessionhook-privacy-"));
    const path = join(folder, "events.db");
    return {
      open: async () => ({
        events: await openSqliteStore({ path }),
        deliveries: await openSqliteDeliveryStore({ path }),
        facts: await openSqliteFactStore({ path }),
        privacy: await openSqlitePrivacyStore({ path }),
      }),
      cleanup: async () => rmSync(folder, { recursive: true }),
    };
  },
});
