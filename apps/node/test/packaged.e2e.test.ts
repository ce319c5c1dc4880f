import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
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
    // The printed commands must quote it.
    out = join(folder, "an app");
    execFileSync(process.execPath, [script, "package", out], { encoding: "utf8" });
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("contains only the files that running needs", () => {
    expect(existsSync(join(out, "dist", "main.js"))).toBe(true);
    expect(existsSync(join(out, "src"))).toBe(false);
    const kib = Number(execFileSync("du", ["-sk", out], { encoding: "utf8" }).split("\t")[0]);
    // About 49,000, and 4,000 for the files of the bundle before.
    expect(kib).toBeLessThan(56_000);
    const again = spawnSync(process.execPath, [script, "package", out], { encoding: "utf8" });
    expect(again.status).toBe(1);
    expect(again.stderr).toContain("name a folder that does not exist yet");
  });

  it("contains the command line, which the start screen and the status page name", async () => {
    const app = new AppProcess(() => ({ file: node(), args: [join(out, "dist", "main.js")] }));
    const PATH = [dirname(node()), process.env["PATH"]].join(delimiter);
    const options = { cwd: app.folder, env: { ...app.env, PATH }, encoding: "utf8" } as const;
    const cli = join("bin", "sessionhook");
    const moved = `${out} before`;
    try {
      await app.start();
      const commands = app.output.split("\n").filter((line) => line.includes(` '${join(out, cli)}' `));
      expect(commands).toEqual([expect.stringMatching(/ send$/), expect.stringMatching(/ events list$/)]);
      const [send = "", list = ""] = commands;
      expect(execFileSync("sh", ["-c", send], options)).toMatch(/^accepted evt_/);
      expect(execFileSync("sh", ["-c", list], options)).toContain("identity.session.finalized");
      const headers = { cookie: await app.signIn() };
      expect(await (await fetch(`${app.origin}/status`, { headers })).text()).toContain(join(out, cli));

      expect(execFileSync(join(out, cli), ["--version"], options)).toMatch(/^\d+\.\d+\.\d+\n$/);
      expect(execFileSync(join(out, cli), ["backup", "copy.db"], options)).toContain(": 1 event,");
      // The examples of its help can be run too.
      expect(execFileSync(join(out, cli), ["backup", "--help"], options)).toContain(
        `$ '${join(out, cli)}' backup`,
      );
      // As when a new version takes its place.
      renameSync(out, moved);
      expect(execFileSync(join(moved, cli), ["backup", "copy-2.db"], options)).toContain(": 1 event,");
    } finally {
      if (existsSync(moved)) renameSync(moved, out);
      await app.cleanUp();
    }
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
