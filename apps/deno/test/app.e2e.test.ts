import { describeApp } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

describeApp({ runtime: "deno", command: (env) => startCommand("deno", env) });
