import { describeAppRuntime } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

describeAppRuntime({ runtime: "deno", command: (env) => startCommand("deno", env) });
