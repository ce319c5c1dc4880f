import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, AppProcess, withCommand } from "@sessionhook/conformance/app-suite";
import { expect, it } from "vitest";
import { startCommand } from "../../../scripts/runtimes.mjs";

const isPermission = (argument: string) => argument.startsWith("--allow");

const app: App = { runtime: "deno", command: (env) => startCommand("deno", env) };

withCommand(app, "the permissions of the Deno app", (command) => {
  const permissions = command({}).args.filter(isPermission);

  it("are the documented ones, in the task and in the page", () => {
    expect(permissions).toEqual([
      "--allow-env",
      "--allow-net=127.0.0.1:8787",
      "--allow-read=data,sessionhook.config.ts,sessionhook.config.js,sessionhook.config.json",
      "--allow-write=data",
      "--allow-sys=uid",
    ]);
    const line = `deno run --no-prompt ${permissions.join(" ")}`;
    for (const file of ["../deno.json", "../../../docs/runtimes/deno.md"])
      expect(readFileSync(new URL(file, import.meta.url), "utf8").replaceAll(/ \\\n\s+/g, " ")).toContain(
        line,
      );
  });

  // The last one is for the user id in messages.
  it.each(permissions.slice(0, -1).map((permission) => permission.replace(/=.*/, "")))(
    "need %s",
    async (name) => {
      const app = new AppProcess((env) => {
        const { file, args } = command(env);
        return { file, args: args.filter((argument) => !argument.startsWith(name)) };
      });
      delete app.env["SESSIONHOOK_SECRETS"];
      try {
        await expect(app.start()).rejects.toThrow(`run again with the ${name} flag`);
      } finally {
        await app.cleanUp();
      }
    },
  );

  it("do not allow NODE_EXTRA_CA_CERTS, which the start names", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sessionhook-ca-"));
    const certificates = join(folder, "ca.pem");
    writeFileSync(certificates, "");
    const app = await new AppProcess(command, { NODE_EXTRA_CA_CERTS: certificates }).start();
    expect(app.output).toContain("Set DENO_CERT to the file instead");
    await app.cleanUp();
    const other = await new AppProcess(command).start();
    expect(other.output).not.toContain("DENO_CERT");
    await other.cleanUp();
    rmSync(folder, { recursive: true });
  });

  it("need every path they name", async () => {
    for (const [flag, path] of [
      ["--allow-read=data", "data,"],
      ["--allow-read=sessionhook.config.ts", ",sessionhook.config.ts"],
    ] as const) {
      const app = new AppProcess((env) => {
        const { file, args } = command(env);
        const fewer = args.map((a) => (a.startsWith("--allow-read=") ? a.replace(path, "") : a));
        expect(fewer, flag).not.toEqual(args);
        return { file, args: fewer };
      });
      await expect(app.start()).rejects.toThrow("run again with the --allow-read flag");
      await app.cleanUp();
    }
  });
});
