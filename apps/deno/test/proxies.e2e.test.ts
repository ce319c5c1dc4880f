import { describeAppProxies } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

describeAppProxies({ runtime: "deno", command: (env) => startCommand("deno", env) });
