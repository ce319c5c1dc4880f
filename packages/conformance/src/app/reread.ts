import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateSecret, sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { expect, it } from "vitest";
import { type AppCommand, type AppProcess, adminToken, secret } from "./app-process.js";
import { HalfSent, untilRead } from "./half-sent.js";
import { onTerminal, terminalMissing } from "./on-terminal.js";
import { useApps } from "./use-apps.js";

const simulator = createSimulator({ seed: 11, now: Date.now() });
const newSecret = generateSecret();
const newToken = "another-admin-token-for-tests";

/** SIGHUP makes an app read the files of its secrets again. */
export function describeReread(command: AppCommand): void {
  const make = useApps(command);

  /** An app whose secrets are in the files `secrets` and `token` of a folder. */
  function withFiles(folder = "."): AppProcess {
    const app = make();
    delete app.env["SESSIONHOOK_SECRETS"];
    delete app.env["SESSIONHOOK_ADMIN_TOKEN"];
    app.env["SESSIONHOOK_SECRETS_FILE"] = join(app.folder, folder, "secrets");
    app.env["SESSIONHOOK_ADMIN_TOKEN_FILE"] = join(app.folder, folder, "token");
    return app;
  }

  function write(app: AppProcess, secrets: string, token: string, folder = "."): void {
    mkdirSync(join(app.folder, folder), { recursive: true });
    writeFileSync(join(app.folder, folder, "secrets"), secrets);
    writeFileSync(join(app.folder, folder, "token"), token);
  }

  /** Sends SIGHUP and waits for what the app logs of it. */
  async function hangUp(app: AppProcess, message: string): Promise<void> {
    const count = () => app.output.split(`"message":"${message}`).length;
    const before = count();
    app.signal("SIGHUP");
    await expect.poll(count, { timeout: 30_000 }).toBe(before + 1);
  }

  async function statusWith(app: AppProcess, by: string): Promise<number> {
    const { id, body } = simulator.next();
    return (await app.post(body, { ...sign(body, { id, secret: by }) })).status;
  }

  const apiStatus = async (app: AppProcess, token: string) =>
    (await fetch(`${app.origin}/api/stats`, { headers: { authorization: `Bearer ${token}` } })).status;

  it("exchanges secrets and the admin token without a restart, and ends the sessions of the old token", async () => {
    const app = withFiles();
    write(app, `${secret}\n`, `${adminToken}\n`);
    await app.start();
    const { pid } = app;
    expect([await statusWith(app, secret), await statusWith(app, newSecret)]).toEqual([200, 401]);
    expect([await apiStatus(app, adminToken), await apiStatus(app, newToken)]).toEqual([200, 401]);
    const signIn = await fetch(`${app.origin}/login`, {
      method: "POST",
      body: new URLSearchParams({ token: adminToken }),
      headers: { origin: app.origin },
      redirect: "manual",
    });
    const cookie = signIn.headers.get("set-cookie")?.split(";")[0] ?? "";
    const inbox = async () =>
      (await fetch(`${app.origin}/`, { headers: { cookie }, redirect: "manual" })).status;
    expect(await inbox()).toBe(200);

    write(app, `${newSecret} ${secret}\n`, `${adminToken}\n`);
    await hangUp(app, "credentials reread");
    expect([await statusWith(app, secret), await statusWith(app, newSecret)]).toEqual([200, 200]);
    expect(await inbox()).toBe(200);

    write(app, newSecret, newToken);
    await hangUp(app, "credentials reread");
    expect([await statusWith(app, secret), await statusWith(app, newSecret)]).toEqual([401, 200]);
    expect([await apiStatus(app, adminToken), await apiStatus(app, newToken)]).toEqual([401, 200]);
    expect(await inbox()).toBe(303);
    expect(app.pid).toBe(pid);
    for (const text of [secret, newSecret, adminToken, newToken]) expect(app.output).not.toContain(text);
  });

  it.each([
    ["a secret with a quote", `"${newSecret}"`, newToken, "begins with a quote"],
    ["an admin token with white space", newSecret, `${newToken} \n`, "ends with white space"],
    ["an empty file", "", newToken, "is empty"],
  ])("leaves both unchanged for %s, and logs why", async (_, secrets, token, reason) => {
    const app = withFiles();
    write(app, secret, adminToken);
    await app.start();
    write(app, secrets, token);
    await hangUp(app, "credentials not reread");
    expect(app.output).toContain(reason);
    expect(app.output).toMatch(/SESSIONHOOK_(?:SECRETS|ADMIN_TOKEN)_FILE: /);
    expect([await statusWith(app, secret), await statusWith(app, newSecret)]).toEqual([200, 401]);
    expect([await apiStatus(app, adminToken), await apiStatus(app, newToken)]).toEqual([200, 401]);
    rmSync(join(app.folder, "secrets"));
    await hangUp(app, "credentials not reread");
    expect(await statusWith(app, secret)).toBe(200);
    for (const text of [newSecret, newToken]) expect(app.output).not.toContain(text);
  });

  it("follows the links of Kubernetes, which exchanges all files of a volume at once", async () => {
    const app = withFiles("mounted");
    const folder = join(app.folder, "mounted");
    write(app, secret, adminToken, "mounted/..2026_01");
    symlinkSync("..2026_01", join(folder, "..data"));
    for (const name of ["secrets", "token"]) symlinkSync(join("..data", name), join(folder, name));
    await app.start();
    expect(await statusWith(app, secret)).toBe(200);
    write(app, newSecret, newToken, "mounted/..2026_02");
    symlinkSync("..2026_02", join(folder, "..data_tmp"));
    renameSync(join(folder, "..data_tmp"), join(folder, "..data"));
    rmSync(join(folder, "..2026_01"), { recursive: true });
    await hangUp(app, "credentials reread");
    expect([await statusWith(app, secret), await statusWith(app, newSecret)]).toEqual([401, 200]);
    expect(await apiStatus(app, newToken)).toBe(200);
  });

  it("answers all that is under way", async () => {
    const app = withFiles();
    write(app, secret, adminToken);
    await app.start();
    const requests = await Promise.all(
      Array.from({ length: 20 }, () => HalfSent.begin(app, simulator.next())),
    );
    await untilRead(app, requests);
    write(app, `${newSecret} ${secret}`, adminToken);
    for (const request of requests.slice(0, 10)) request.finish();
    await hangUp(app, "credentials reread");
    for (const request of requests.slice(10)) request.finish();
    for (const request of requests)
      expect(await request.answer()).toMatch(/^HTTP\/1\.1 200 [^]*"status":"accepted"/);
  });

  const hangingUp = "stops on a terminal without files, where the signal means that the terminal was closed";
  const makeOnTerminal = useApps(onTerminal(command));
  it.skipIf(terminalMissing !== undefined)(
    terminalMissing === undefined ? hangingUp : `${hangingUp} (${terminalMissing})`,
    async () => {
      const app = await makeOnTerminal().start();
      process.kill(Number(/pid (\d+)/.exec(app.output)?.[1]), "SIGHUP");
      expect(await app.wait()).toBe(0);
      expect(app.output).toContain("stopped");
    },
  );

  it("goes on without files to reread", async () => {
    const app = await make().start();
    await hangUp(app, "nothing to reread");
    expect(await statusWith(app, secret)).toBe(200);
  });
}
