import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppProcess } from "@sessionhook/conformance/app-suite";
import { runtimeBinary } from "../../../scripts/runtimes.mjs";

const script = fileURLToPath(new URL("../../../scripts/run.mjs", import.meta.url));

/** Why a read-only root cannot be made here; undefined where it can. */
function namespacesMissing(): string | undefined {
  if (process.getuid?.() !== 0) return "needs root to make a mount namespace";
  const { status, stderr } = spawnSync("unshare", ["--mount", "mount", "--bind", "/", "/"], {
    encoding: "utf8",
  });
  return status === 0 ? undefined : `unshare: ${stderr}`;
}

const missing = namespacesMissing();
if (missing !== undefined && process.env["REQUIRE_NAMESPACES"] === "1") throw new Error(missing);

describe("the folder that npm run package writes", () => {
  let folder = "";
  let out = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sessionhook-package-"));
    chmodSync(folder, 0o755);
    out = join(folder, "app");
    execFileSync(process.execPath, [script, "package", out], { encoding: "utf8" });
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("contains only the files that running needs", () => {
    expect(existsSync(join(out, "dist", "main.js"))).toBe(true);
    expect(existsSync(join(out, "src"))).toBe(false);
    const kib = Number(execFileSync("du", ["-sk", out], { encoding: "utf8" }).split("\t")[0]);
    expect(kib).toBeLessThan(48_000);
    const again = spawnSync(process.execPath, [script, "package", out], { encoding: "utf8" });
    expect(again.status).toBe(1);
    expect(again.stderr).toContain("name a folder that does not exist yet");
  });

  it.skipIf(missing !== undefined)(
    `runs as another user on a read-only root${missing === undefined ? "" : ` (${missing})`}`,
    async () => {
      const inside = `mount --bind / / && mount -o remount,bind,ro / && mount -t tmpfs -o mode=0700,uid=65534,gid=65534 tmpfs "$PWD" &&
        cd "$PWD" && exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs "$@"`;
      const app = new AppProcess(() => ({
        file: "unshare",
        args: [
          "--mount",
          "--propagation",
          "private",
          "sh",
          "-c",
          inside,
          "sh",
          node(),
          join(out, "dist", "main.js"),
        ],
      }));
      try {
        await app.start();
        expect((await app.send("evt_1", '{"type":"x"}')).status).toBe(200);
        expect((await fetch(`${app.origin}/readyz`)).status).toBe(200);
        expect(await app.end("SIGTERM")).toBe(0);
      } finally {
        await app.cleanUp();
      }
    },
  );
});

function node(): string {
  return runtimeBinary("node") ?? process.execPath;
}
