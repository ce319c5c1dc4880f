import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { columns, type Step } from "./language.ts";
import { cache } from "./paths.ts";
import { inputsFile, languages, observationsFile } from "./languages.ts";
import { runLanguage } from "./run-language.ts";

// Uses another folder than `npm run consumers`, which may run at the same time.
vi.mock("./inputs.ts", async (original) => {
  const { mkdtempSync } = await import("node:fs");
  const { tmpdir } = await import("node:os");
  const folder = mkdtempSync(`${tmpdir()}/sessionhook-consumers-`);
  return { ...(await original<object>()), cache: folder };
});
afterAll(() => rmSync(cache, { recursive: true }));

const log = join(cache, "log");
const seen = { issues: {}, roundTrips: {}, signed: [], verified: {}, unwrapped: {} };

/** Returns a step that logs whether the input file has signed messages, and writes observations. */
function step(kind: Step["kind"], name: string): Step {
  const code = `
    const { appendFileSync, readFileSync, writeFileSync } = require("node:fs");
    const { messages } = JSON.parse(readFileSync(${JSON.stringify(inputsFile)}, "utf8"));
    appendFileSync(${JSON.stringify(log)}, ${JSON.stringify(name)} + (messages.length > 0 ? ": signed\\n" : ": unsigned\\n"));
    writeFileSync(${JSON.stringify(observationsFile("harness"))}, ${JSON.stringify(JSON.stringify(seen))});`;
  return { kind, command: process.execPath, args: ["-e", code] };
}

test("messages are signed after all builds, including the one with the provider's SDK", () => {
  const language = {
    name: "Test",
    folder: "harness",
    needs: [],
    pins: [],
    columns,
    steps: [step("run", "consumer"), step("build", "compile"), step("install", "packages")],
    sdk: {
      name: "sdk",
      steps: [step("install", "sdk packages"), step("build", "sdk compile"), step("run", "sdk")],
    },
    limits: {},
  };
  const { cells } = runLanguage(language, { events: [], payloads: [] });
  expect(existsSync(log), JSON.stringify(cells)).toBe(true);
  expect(readFileSync(log, "utf8").trim().split("\n")).toEqual([
    "packages: unsigned",
    "compile: unsigned",
    "sdk packages: unsigned",
    "sdk compile: unsigned",
    "consumer: signed",
    "sdk: signed",
  ]);
});

test.each(languages)("$name compiles nothing in its run steps", ({ steps, sdk }) => {
  const run = [...steps, ...(sdk?.steps ?? [])].filter(({ kind }) => kind === "run");
  const compilers = run.filter(({ command }) => ["go", "cargo", "mvn", "npm"].includes(command));
  expect(compilers).toEqual([]);
});
