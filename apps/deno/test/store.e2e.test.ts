import { fileURLToPath } from "node:url";
import { describeAppStore } from "@sessionhook/conformance/app-suite";
import { vitestCommand } from "../../../scripts/runtimes.mjs";

const files = [
  "sqlite.test.ts",
  "sqlite-deliveries.test.ts",
  "sqlite-privacy.test.ts",
  "sqlite/file.test.ts",
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
describeAppStore("deno", vitestCommand("deno", files), fileURLToPath(new URL("../../..", import.meta.url)));
