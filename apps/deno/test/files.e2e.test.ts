import { describeAppFiles } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

describeAppFiles({ runtime: "deno", command: (env) => startCommand("deno", env) });
