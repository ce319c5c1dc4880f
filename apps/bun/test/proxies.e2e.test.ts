import { describeAppProxies } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

describeAppProxies({ runtime: "bun", command: (env) => startCommand("bun", env) });
