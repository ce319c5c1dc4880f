import { describeAppFiles } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

describeAppFiles({ runtime: "node", command: (env) => startCommand("node", env) });
