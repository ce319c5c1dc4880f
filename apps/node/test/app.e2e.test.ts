import { describeApp } from "@sessionhook/conformance/app-suite";
import { cliCommand, startCommand } from "../../../scripts/runtimes.mjs";

describeApp({
  runtime: "node",
  command: (env) => startCommand("node", env),
  cli: (args) => cliCommand("node", args),
});
