import { describeAppKills } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

describeAppKills({ runtime: "deno", command: (env) => startCommand("deno", env) });
