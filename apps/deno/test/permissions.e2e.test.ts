import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type App, AppProcess, withCommand } from "@sessionhook/conformance/app-suite";
import { expect, it } from "vitest";
import { startCommand } from "../../../scripts/runtimes.mjs";

const isPermission = (argument: string) => argument.startsWith("--allow");

const app: App = { runtime: "deno", command: (env) => startCommand("deno", env) };

const runtimes = fileURLToPath(new URL("../../../scripts/runtimes.mjs", import.meta.url));

const example = readFileSync(
  new URL("../../../packages/json-schema/examples/identity.enriched.full.json", import.meta.url),
  "utf8",
);

/** Returns the command for a folder: the configuration file is looked for in the working folder. */
function commandIn(folder: string, env: Readonly<Record<string, string>>): { file: string; args: string[] } {
  const print = `import(${JSON.stringify(runtimes)}).then(({ startCommand }) => console.log(JSON.stringify(startCommand("deno", ${JSON.stringify(env)}))))`;
  return JSON.parse(
    execFileSync(process.execPath, ["-e", print], { cwd: folder, encoding: "utf8" }),
  ) as never;
}

withCommand(app, "the permissions of the Deno app", (command) => {
  const permissions = command({}).args.filter(isPermission);

  it("are the documented ones, in the task and in the page", () => {
    expect(permissions).toEqual([
      "--allow-env",
      "--allow-net=127.0.0.1:8787",
      "--allow-read=data,sessionhook.config.ts,sessionhook.config.js,sessionhook.config.json",
      "--allow-write=data",
      "--allow-sys=uid,statfs",
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

  it("are enough for what a configuration file names", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "sessionhook-named-"));
    const secret = join(elsewhere, "secret");
    writeFileSync(secret, "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");
    const imports =
      'import { name } from "./lib/name.ts"; export default { destinations: { [name]: { type: "code", handle() {} } } };';
    const archive = { type: "files", path: "./out" };
    const hooks = { type: "http", url: "https://hooks.example/", secret: { file: secret } };
    for (const [name, text] of [
      ["sessionhook.config.ts", imports],
      ["sessionhook.config.json", JSON.stringify({ destinations: { archive, hooks } })],
    ] as const) {
      const app = new AppProcess((env) => commandIn(app.folder, env));
      mkdirSync(join(app.folder, "lib"));
      writeFileSync(join(app.folder, "lib", "name.ts"), 'export const name: string = "crm";');
      writeFileSync(join(app.folder, name), text);
      await app.start();
      const { id } = JSON.parse(example) as { id: string };
      expect((await app.send(id, example)).status).toBe(200);
      const states = async () => {
        const { deliveries } = (await app.json("/deliveries")) as { deliveries: Record<string, string>[] };
        return deliveries.filter(({ destination }) => destination !== "hooks").map(({ state }) => state);
      };
      await expect.poll(states, { timeout: 30_000 }).toEqual(["delivered"]);
      await app.cleanUp();
    }
    rmSync(elsewhere, { recursive: true });
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

  it("are missing for a secret of a TypeScript file elsewhere, and the start names its key and the flag", async () => {
    const secret = join(mkdtempSync(join(tmpdir(), "sessionhook-named-")), "secret");
    const app = new AppProcess((env) => commandIn(app.folder, env));
    const hooks = { type: "http", url: "https://hooks.example/", secret: { file: secret } };
    const text = `export default { destinations: ${JSON.stringify({ hooks })} };`;
    writeFileSync(join(app.folder, "sessionhook.config.ts"), text);
    await expect(app.start()).rejects.toThrow(
      /destinations\.hooks\.secret: .*run again with the --allow-read flag/,
    );
    await app.cleanUp();
    rmSync(join(secret, ".."), { recursive: true });
  });
});
