import { spawn, spawnSync } from "node:child_process";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { allCommands, commandsOf } from "../src/completion/commands.js";
import { buildProgram } from "../src/program.js";
import type { Shell } from "../src/shell.js";
import { onTerminal } from "./on-terminal.js";
import { runCli, sessionhook } from "./run-cli.js";
import { json, startServer } from "./test-server.js";

const program: Command = buildProgram({} as Shell, "0.0.0", {});
const commands = allCommands(commandsOf(program))
  .filter((command) => command.commands.length === 0)
  .map(({ path }) => path.join(" "));
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const row = { version: 1, type: "t", status: "accepted", receivedAt: 1, body: "x".repeat(5000) };

/** Starts a server with many events that answers every request of the reading commands. */
const start = () => {
  // New events with every answer: a command that follows notices a closed pipe when it prints the next one.
  let number = 0;
  return startServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    const events = Array.from({ length: 200 }, () => {
      number++;
      return { ...row, id: `evt_${number}`, position: `p${number}` };
    });
    if (pathname !== "/api/events") return json(response, 200, { id: "evt_1", payload: row });
    const feed = searchParams.has("after");
    json(
      response,
      200,
      feed ? { events, position: `p${number}`, end: false, settleSeconds: 0 } : { events, nextCursor: "x" },
    );
  });
};

describe("every command", () => {
  it("is in the list of this file", () => {
    expect(commands.toSorted()).toEqual(
      [
        "attribution",
        "backup",
        "companies get",
        "companies list",
        "completion",
        "config check",
        "config try",
        "deliveries get",
        "deliveries list",
        "deliveries retry",
        "derive rebuild",
        "derive status",
        "destinations discard",
        "destinations list",
        "destinations pause",
        "destinations resume",
        "destinations test",
        "doctor",
        "events export",
        "events get",
        "events list",
        "events recheck",
        "events tail",
        "listen",
        "open",
        "people get",
        "people list",
        "privacy erase",
        "privacy export",
        "replay",
        "restore",
        "secret new",
        "send",
        "sessions export",
        "sessions get",
        "sessions list",
        "verify",
      ].toSorted(),
    );
  });

  it.each(commands)("%s has help with an example and --json", async (name) => {
    for (const args of [[...name.split(" "), "--help"], ["help", ...name.split(" ")].slice(0, 2)]) {
      const { code, stdout, stderr } = await onTerminal(args, {});
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toMatch(/^Usage: sessionhook/);
      expect(stdout).not.toContain("\u001b");
    }
    const { stdout } = await onTerminal([...name.split(" "), "--help"], {});
    expect(stdout).toContain(`$ sessionhook ${name}`);
    expect(stdout).toContain("--json");
  });

  it.each(commands)("%s rejects an unknown option and surplus arguments, also with --json", async (name) => {
    for (const extra of [["--nonsense"], ["a", "b", "c"]]) {
      const args = [...name.split(" "), ...extra];
      const plain = await onTerminal(args, {});
      expect({ code: plain.code, stdout: plain.stdout }).toEqual({ code: 2, stdout: "" });
      expect(plain.stderr).toMatch(/^error: [^\n]+\n$/);
      const machine = await onTerminal([...args, "--json"], {});
      expect({ code: machine.code, stderr: machine.stderr }).toEqual({ code: 2, stderr: "" });
      expect(JSON.parse(machine.stdout)).toMatchObject({ error: { code: "usage" } });
    }
  });
});

describe("standard output", () => {
  const environment = (port: number) => ({
    PATH: process.env["PATH"] ?? "",
    PORT: String(port),
    SESSIONHOOK_ADMIN_TOKEN: "t",
    SESSIONHOOK_SECRETS: secret,
  });

  it.each([
    "events export",
    "events tail --after p1",
    "events tail --after p1 --json",
    "events list --json",
    "completion bash",
    "events export --help",
  ])("that is closed early (| head) ends %s without an error", async (line) => {
    await using server = await start();
    const child = spawn(
      "bash",
      ["-c", `set -o pipefail; "$@" | head -n 1 > /dev/null`, "x", ...sessionhook, ...line.split(" ")],
      { env: environment(server.port), stdio: ["ignore", "pipe", "pipe"] },
    );
    let stderr = "";
    child.stderr.on("data", (chunk) => (stderr += String(chunk)));
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("has no colours, with or without a terminal and FORCE_COLOR", async () => {
    await using server = await start();
    const env = { PORT: String(server.port), SESSIONHOOK_ADMIN_TOKEN: "t", FORCE_COLOR: "1" };
    for (const args of [["events", "list"], ["events", "get", "evt_1"], ["--help"], ["nonsense"]]) {
      const piped = await runCli(args, { env });
      const shown = await onTerminal(args, env);
      expect(piped.stdout + piped.stderr + shown.stdout + shown.stderr).not.toContain("\u001b");
    }
  });

  it.each([
    ["events tail", 0],
    ["listen --forward-to http://127.0.0.1:9/ --print-secret", 0],
    ["send --count 1000 --rate 5", 1],
  ])("Ctrl-C ends %s with %i, and a second one at once", async (line, code) => {
    let answered = () => undefined as void;
    const running = new Promise<void>((resolve) => (answered = resolve));
    await using server = await startServer((request, response) => {
      json(
        response,
        200,
        request.method === "POST"
          ? { status: "accepted" }
          : { events: [], nextCursor: null, position: "p", end: true, settleSeconds: 0 },
      );
      answered();
    });
    const result = await runCli(line.split(" "), {
      env: environment(server.port),
      onStart: (interrupt) => void running.then(() => setTimeout(interrupt, 300)),
    });
    expect(result.code).toBe(code);
    expect(result.stderr).not.toContain("error");
  });

  it("Ctrl-C ends an export as incomplete, with the position to continue from", async () => {
    let answered = () => undefined as void;
    const running = new Promise<void>((resolve) => (answered = resolve));
    await using server = await start();
    server.received.push = (
      (push) =>
      (...items) => {
        // The first page is written when the second is requested.
        if (server.received.length > 0) answered();
        return push(...items);
      }
    )(server.received.push.bind(server.received));
    const result = await runCli(["events", "export"], {
      env: environment(server.port),
      onStart: (interrupt) => void running.then(() => setTimeout(interrupt, 300)),
    });
    expect(result.code).toBe(1);
    expect(result.stderr).toMatch(/^(\d+) events, not all; continue with --after p\1\n$/);
  });

  it("Ctrl-C ends a command that does not handle it", async () => {
    await using server = await startServer(() => undefined);
    const child = spawnSync(
      "bash",
      ["-c", `timeout -s INT 2 "$@"; exit $?`, "x", ...sessionhook, "events", "list"],
      {
        env: environment(server.port),
        timeout: 20_000,
      },
    );
    expect(child.status).toBe(124);
  });
});
