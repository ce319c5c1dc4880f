import { sign, verifySignature } from "@sessionhook/core";
import { describe, expect, it } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { runCli } from "./run-cli.js";

describe("sessionhook", () => {
  it.each(["--version", "-v", "-V"])("prints its version with %s", async (flag) => {
    expect(await runCli([flag])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: "" });
  });

  it.each(["send", "verify", "secret new", "events list", "events get", "events recheck"])(
    "has help with an example and --json for %s",
    async (command) => {
      const { code, stdout, stderr } = await runCli([...command.split(" "), "--help"]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain(`$ sessionhook ${command}`);
      expect(stdout).toContain("--json");
    },
  );

  it("exits with 2 for a missing or unknown command", async () => {
    expect(await runCli([])).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("Usage:"),
    });
    expect(await runCli(["events"])).toMatchObject({ code: 2, stderr: expect.stringContaining("recheck") });
    expect(await runCli(["sent"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Did you mean send?"),
    });
    for (const args of [
      ["events", "--json"],
      ["sent", "--json"],
    ]) {
      const result = await runCli(args);
      expect(result).toMatchObject({ code: 2, stderr: "" });
      expect(JSON.parse(result.stdout)).toMatchObject({ error: { code: "usage" } });
    }
  });

  it.each([
    "sent --help",
    "--help sent",
    "-h sent",
    "help sent",
    "events gets --help",
    "events -h gets",
    "help events gets",
    "events help gets",
    "secret renew -h",
  ])("exits with 2 for an unknown command, even with --help: %s", async (line) => {
    const args = line.split(" ");
    expect(await runCli(args)).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringMatching(/^error: unknown command '(?:sent|gets|renew)'/),
    });
    const machine = await runCli([...args, "--json"]);
    expect(machine).toMatchObject({ code: 2, stderr: "" });
    expect(JSON.parse(machine.stdout)).toMatchObject({ error: { code: "usage" } });
  });

  it.each(["help", "--help", "events --help", "events get --help", "help events get", "help secret"])(
    "prints help for %s",
    async (line) => {
      const { code, stdout } = await runCli(line.split(" "));
      expect({ code, usage: stdout.startsWith("Usage: sessionhook") }).toEqual({ code: 0, usage: true });
    },
  );

  it("creates secrets that sign and verify", async () => {
    const body = "{}";
    const id = "evt_1";
    const one = await runCli(["secret", "new"]);
    const secret = one.stdout.trim();
    expect(one).toMatchObject({ code: 0, stdout: `${secret}\n`, stderr: "" });
    expect(verifySignature(body, { headers: sign(body, { id, secret }), secrets: secret }).scheme).toBe("v1");
    expect((await runCli(["secret", "new"])).stdout).not.toBe(one.stdout);
    const pair = JSON.parse((await runCli(["secret", "new", "--ed25519", "--json"])).stdout) as {
      secretKey: string;
      publicKey: string;
    };
    const headers = sign(body, { id, secret: pair.secretKey });
    expect(verifySignature(body, { headers, secrets: pair.publicKey }).scheme).toBe("v1a");
  });
});
