import { describeAppRuntime } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

describeAppRuntime({ runtime: "bun", command: (env) => startCommand("bun", env) });
