import { describeAppFiles } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

describeAppFiles({ runtime: "bun", command: (env) => startCommand("bun", env) });
