import { describeAppKills } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

describeAppKills({ runtime: "node", command: (env) => startCommand("node", env) });
