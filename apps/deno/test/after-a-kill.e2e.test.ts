import { describeAppAfterKill } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

describeAppAfterKill({ runtime: "deno", command: (env) => startCommand("deno", env) });
