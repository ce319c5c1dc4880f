import { describeApp } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

describeApp({ runtime: "node", command: (env) => startCommand("node", env) });
