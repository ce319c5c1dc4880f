import { spawnSync } from "node:child_process";
import process from "node:process";
import type { AppCommand } from "./app-process.js";

/** Returns the command in a new mount namespace, after a script in the folder of the app. */
export function inMountNamespace(command: AppCommand, script: string): AppCommand {
  return (env) => {
    const { file, args } = command(env);
    const inside = ["sh", "-c", `${script} && exec "$@"`, "sh", file, ...args];
    return { file: "unshare", args: ["--mount", "--propagation", "private", ...inside] };
  };
}

/** Returns why mount namespaces cannot be made here; undefined if they can. CI requires them (REQUIRE_NAMESPACES=1). */
export function namespacesMissing(): string | undefined {
  const reason = whyNot();
  if (reason !== undefined && process.env["REQUIRE_NAMESPACES"] === "1") throw new Error(reason);
  return reason;
}

function whyNot(): string | undefined {
  if (process.getuid?.() !== 0) return "needs root to make a mount namespace";
  const { status, stderr, error } = spawnSync("unshare", ["--mount", "mount", "--bind", "/", "/"], {
    encoding: "utf8",
  });
  return status === 0 ? undefined : `unshare: ${error?.message ?? stderr}`;
}
