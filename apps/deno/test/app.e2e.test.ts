import { describeApp } from "@sessionhook/conformance/app-suite";
import { cliCommand, startCommand } from "../../../scripts/runtimes.mjs";

describeApp({
  runtime: "deno",
  command: (env) => startCommand("deno", env),
  cli: (args) => cliCommand("deno", args),
});
