import { fileURLToPath } from "node:url";
import { describeAppOnOlder, describeAppStore } from "@sessionhook/conformance/app-suite";
import { cliCommand, oldestNode, startCommand, vitestCommand } from "../../../scripts/runtimes.mjs";

const runtime = "oldest node";

describeAppOnOlder({
  runtime: `Node ${oldestNode.version}`,
  command: (env) => startCommand(runtime, env),
  cli: (args) => cliCommand(runtime, args),
});

// Those that start no TypeScript, which this Node cannot.
const files = [
  "sqlite.test.ts",
  "sqlite-deliveries.test.ts",
  "sqlite-facts.test.ts",
  "sqlite/backup.test.ts",
  "sqlite/file.test.ts",
];
files.push("sqlite/inspect.test.ts", "sqlite/locks.test.ts");
const program = vitestCommand(
  runtime,
  files.map((name) => `packages/stores/src/${name}`),
);
describeAppStore("node", program, fileURLToPath(new URL("../../..", import.meta.url)));
