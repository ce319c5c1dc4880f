import { fileURLToPath } from "node:url";
import { describeAppStore } from "@sessionhook/conformance/app-suite";
import { vitestCommand } from "../../../scripts/runtimes.mjs";

// Not file.test.ts: it changes folder and umask, which Bun's worker threads cannot.
const files = [
  "sqlite.test.ts",
  "sqlite-deliveries.test.ts",
  "sqlite-privacy.test.ts",
  "sqlite/backup.test.ts",
  "sqlite/file-changes.test.ts",
  "sqlite/locks.test.ts",
  "sqlite/restore.test.ts",
  "sqlite/privacy/bytes.test.ts",
  "sqlite/faults.test.ts",
  "sql/prefix.test.ts",
  "sqlite/query-plan.test.ts",
  "sqlite/deliveries/crash.test.ts",
  "sqlite/deliveries/query-plan.test.ts",
].map((name) => `packages/stores/src/${name}`);
files.push("packages/server/src/writer/thread-writer.test.ts");
describeAppStore("bun", vitestCommand("bun", files), fileURLToPath(new URL("../../..", import.meta.url)));
