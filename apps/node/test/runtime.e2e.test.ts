import { describeAppRuntime } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

describeAppRuntime({ runtime: "node", command: (env) => startCommand("node", env) });
