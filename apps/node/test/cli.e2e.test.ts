import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { sign } from "@sessionhook/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AppCommand, AppProcess } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

const cli = fileURLToPath(new URL("../../cli/dist/main.js", import.meta.url));
const run = promisify(execFile);

describe("the built command line against the running app, as the start screen describes", () => {
  const app = new AppProcess(((env) => startCommand("node", env)) as AppCommand);
  delete app.env["SESSIONHOOK_SECRETS"];
  delete app.env["SESSIONHOOK_ADMIN_TOKEN"];
  beforeAll(() => app.start());
  afterAll(() => app.cleanUp());

  /** Runs a command in the folder of the app with only its port: secret and token come from the credentials file. */
  async function sessionhook(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const env = { PATH: process.env["PATH"] ?? "", PORT: new URL(app.origin).port };
    try {
      return { code: 0, ...(await run(process.execPath, [cli, ...args], { cwd: app.folder, env })) };
    } catch (error) {
      return error as { code: number; stdout: string; stderr: string };
    }
  }

  it("sends an event and finds it in the list", async () => {
    const sent = await sessionhook("send");
    expect([sent.code, sent.stderr]).toEqual([0, ""]);
    const [, id = ""] = /^accepted (evt_\w+)/.exec(sent.stdout) ?? [];
    const list = await sessionhook("events", "list");
    expect(list.stdout).toContain(id);
    const got = JSON.parse((await sessionhook("events", "get", id, "--json")).stdout) as {
      id: string;
      payload: object;
    };
    expect(got).toMatchObject({
      id,
      status: "accepted",
      payload: { id, type: "identity.session.finalized" },
    });
  });

  it("sends many events of every type, and invalid ones", async () => {
    for (const type of [
      "identity.resolved",
      "identity.qualified",
      "identity.enriched",
      "identity.validated",
    ]) {
      expect((await sessionhook("send", "--type", type, "--count", "5")).code).toBe(0);
    }
    expect((await sessionhook("send", "--variant", "invalid", "--count", "3")).code).toBe(0);
    expect((await sessionhook("send", "--count", "100", "--rate", "500")).stdout).toMatch(/accepted\s+100/);
    const list = JSON.parse(
      (await sessionhook("events", "list", "--status", "quarantined", "--json")).stdout,
    ) as { events: object[] };
    expect(list.events).toHaveLength(3);
  });

  it("rechecks an event, and reports one that does not exist", async () => {
    const { stdout } = await sessionhook("send");
    const [, id = ""] = /(evt_\w+)/.exec(stdout) ?? [];
    const rechecked = await sessionhook("events", "recheck", id);
    expect(rechecked.code).toBe(0);
    expect(rechecked.stdout).toContain("accepted");
    expect((await sessionhook("events", "recheck", "evt_none")).code).toBe(1);
  });

  it("finds nothing wrong with it, and then the rejected messages and a wrong token", async () => {
    const url = app.origin;
    const examine = async (...args: string[]) => {
      const { code, stdout } = await sessionhook("doctor", "--url", url, "--json", ...args);
      const { findings } = JSON.parse(stdout) as {
        findings: { check: string; outcome: string; message: string }[];
      };
      return { code, findings };
    };
    const well = await examine();
    expect([well.code, well.findings.filter(({ outcome }) => outcome === "failed")]).toEqual([0, []]);
    expect(well.findings.find(({ check }) => check === "admin API")?.outcome).toBe("ok");
    expect(well.findings.find(({ check }) => check === "clock")?.outcome).toBe("ok");
    expect(well.findings.find(({ check }) => check === "store")?.outcome).toBe("ok");

    expect((await sessionhook("send", "--secret", `whsec_${"QUFB".repeat(10)}`)).code).toBe(1);
    const rejected = (await examine()).findings.find(({ check }) => check === "rejections");
    expect(rejected).toMatchObject({
      outcome: "warning",
      message: expect.stringContaining("1 signature_mismatch"),
    });

    const wrong = await examine("--token", "wrong");
    expect(wrong.code).toBe(1);
    expect(wrong.findings.find(({ check }) => check === "admin API")?.message).toContain("401 unauthorized");
  });

  it("verifies a captured message", async () => {
    const { signingSecret } = JSON.parse(
      readFileSync(join(app.folder, "data", "credentials.json"), "utf8"),
    ) as {
      signingSecret: string;
    };
    const body = '{"type":"captured"}';
    writeFileSync(join(app.folder, "body.json"), body);
    writeFileSync(
      join(app.folder, "headers.json"),
      JSON.stringify(sign(body, { id: "evt_1", secret: signingSecret })),
    );
    const args = ["verify", "--secret", signingSecret, "--headers", "headers.json", "body.json"];
    expect((await sessionhook(...args)).code).toBe(0);
    writeFileSync(join(app.folder, "body.json"), `${body} `);
    const tampered = await sessionhook(...args);
    expect(tampered.code).toBe(1);
    expect(tampered.stdout + tampered.stderr).not.toContain(signingSecret.slice(6));
  });
});
