import { spawnSync } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort, ListeningProcess } from "@sessionhook/testkit";
import { expect, it, onTestFinished } from "vitest";
import type { App } from "./app.js";
import { type AppCommand, type AppProcess, adminToken } from "./app-process.js";
import { useApps } from "./use-apps.js";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const page = readFileSync(join(root, "docs", "destinations", "http.md"), "utf8");
/** The promise of the page for a server that was stopped for a few seconds. */
const withinAMinute = { timeout: 60_000, interval: 200 };
const soon = { timeout: 30_000, interval: 100 };

/** Returns the first block of a language on the page, with another port for the receiver. */
function blockOf(language: "js" | "json", port: number): string {
  const [, block] = new RegExp(`^( *)\`\`\`${language}\\n(.*?)\`\`\``, "ms").exec(page)?.slice(1) ?? [];
  if (block?.includes("3000") !== true) throw new Error(`the page has no ${language} block with port 3000`);
  return block.replace("3000", String(port));
}

/** Tests the steps of docs/destinations/http.md, with its own configuration and receiver. */
export function describeWalk(command: AppCommand, cli: NonNullable<App["cli"]>): void {
  const make = useApps(command);

  function sessionhook(app: AppProcess, ...args: string[]): string {
    const found = cli(args);
    if ("reason" in found) throw new Error(found.reason);
    const env = { PATH: process.env["PATH"] ?? "", ...app.env };
    const { status, stdout, stderr } = spawnSync(found.file, found.args, {
      cwd: app.folder,
      env,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`sessionhook ${args.join(" ")}: exit ${status}: ${stdout}${stderr}`);
    return stdout;
  }

  const states = async (app: AppProcess) => {
    const { deliveries } = (await app.json("/deliveries?limit=500")) as { deliveries: { state: string }[] };
    return deliveries.map(({ state }) => state);
  };

  it("the page about HTTP destinations is true", { timeout: 240_000 }, async () => {
    // The page begins with an app that runs without a configuration.
    const app = await make().start();
    app.env["PORT"] = new URL(app.origin).port;
    app.env["BACKEND_SECRET"] = sessionhook(app, "secret", "new").trim();

    const port = await freePort();
    symlinkSync(join(root, "node_modules"), join(app.folder, "node_modules"));
    writeFileSync(join(app.folder, "receiver.mjs"), blockOf("js", port));
    const receiver = new ListeningProcess(
      () => ({ file: process.execPath, args: ["receiver.mjs"] }),
      app.folder,
      { BACKEND_SECRET: app.env["BACKEND_SECRET"] },
    );
    onTestFinished(() => void receiver.end("SIGKILL"));
    receiver.launch();

    writeFileSync(join(app.folder, "sessionhook.config.json"), blockOf("json", port));
    app.env["SESSIONHOOK_CONFIG"] = "sessionhook.config.json";
    sessionhook(app, "config", "check");
    expect(await app.end("SIGTERM")).toBe(0);
    await app.start();
    sessionhook(app, "send", "--count", "100");
    await expect.poll(() => receiver.output, soon).toMatch(/^100 events$/m);
    await expect.poll(() => states(app), soon).toEqual(Array(100).fill("delivered"));
    expect(await badges(app)).toContain("delivered");

    await receiver.end("SIGINT");
    sessionhook(app, "send", "--count", "100");
    const expected = [...Array<string>(100).fill("waiting"), ...Array<string>(100).fill("delivered")];
    await expect.poll(() => states(app), soon).toEqual(expected);
    expect(await badges(app)).toContain("waiting");

    receiver.launch();
    await expect.poll(() => receiver.output, withinAMinute).toMatch(/^100 events$/m);
    await expect.poll(() => states(app), soon).toEqual(Array(200).fill("delivered"));
    const list = sessionhook(app, "destinations", "list").trim().split("\n");
    const [names = [], values = []] = list.map((line) => line.split(/ {2,}/));
    expect(values[names.indexOf("delivered")]).toBe("200");
  });
}

/** Signs in to the inbox as a person does, and returns the states on the first page of deliveries. */
async function badges(app: AppProcess): Promise<string[]> {
  const signIn = await fetch(`${app.origin}/login`, {
    method: "POST",
    body: new URLSearchParams({ token: adminToken }),
    redirect: "manual",
  });
  const cookie = signIn.headers.get("set-cookie")?.split(";")[0] ?? "";
  const shown = await fetch(`${app.origin}/deliveries`, { headers: { cookie } });
  return [...(await shown.text()).matchAll(/badge badge-(\w+)/g)].map(([, state]) => state ?? "");
}
