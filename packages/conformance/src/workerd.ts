import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * Why workerd, the runtime of Cloudflare Workers, cannot run here; undefined where it can.
 * @throws Error with the reason where REQUIRE_WORKERD=1 asks for it
 */
export function workerdMissing(): string | undefined {
  const reason = whyNot();
  if (reason !== undefined && process.env["REQUIRE_WORKERD"] === "1") throw new Error(reason);
  return reason;
}

function whyNot(): string | undefined {
  try {
    const require = createRequire(import.meta.url);
    const launcher = join(dirname(require.resolve("workerd/package.json")), "bin", "workerd");
    const { status } = spawnSync(process.execPath, [launcher, "--version"]);
    return status === 0 ? undefined : "workerd does not run on this machine";
  } catch {
    return "workerd is not there for this platform";
  }
}
