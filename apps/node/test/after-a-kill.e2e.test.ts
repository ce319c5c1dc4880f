import { describeAppAfterKill } from "@sessionhook/conformance/app-suite";
import { oldestNode, startCommand } from "../../../scripts/runtimes.mjs";

describeAppAfterKill({ runtime: "node", command: (env) => startCommand("node", env) });
describeAppAfterKill({
  runtime: `Node ${oldestNode.version}`,
  command: (env) => startCommand("oldest node", env),
});
