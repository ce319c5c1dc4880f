import { describeAppProxies } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

describeAppProxies({ runtime: "node", command: (env) => startCommand("node", env) });
