import { describeAppKills } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

describeAppKills({ runtime: "bun", command: (env) => startCommand("bun", env) });
