import { describeApp } from "@sessionhook/conformance/app-suite";
import { cliCommand, startCommand } from "../../../scripts/runtimes.mjs";

describeApp({
  runtime: "bun",
  command: (env) => startCommand("bun", env),
  cli: (args) => cliCommand("bun", args),
});
