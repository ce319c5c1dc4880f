import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeEventLog } from "@sessionhook/conformance/event-log-suite";
import { openSqliteStore } from "./sqlite.js";

// The apps of Bun and Deno run these tests once more on their own node:sqlite.
const runtime = ["bun", "deno"].find((name) => name in process.versions) ?? "node";

describeEventLog(`SQLite on ${runtime}`, {
  persistent: true,
  make: async () => {
    const folder = mkdtempSync(join(tmpdir(), "sessionhook-store-"));
    return {
      open: async () => openSqliteStore({ path: join(folder, "events.db") }),
      cleanup: async () => rmSync(folder, { recursive: true }),
    };
  },
});
