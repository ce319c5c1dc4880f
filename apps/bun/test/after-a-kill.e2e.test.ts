import { describeAppAfterKill } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

describeAppAfterKill({ runtime: "bun", command: (env) => startCommand("bun", env) });
