import { describeApp } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

describeApp({ runtime: "bun", command: (env) => startCommand("bun", env) });
