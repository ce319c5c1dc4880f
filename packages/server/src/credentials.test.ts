import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { SettingsError } from "@sessionhook/app";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadCredentials } from "./credentials.js";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "sessionhook-credentials-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function failureOf(folder: string): string {
  try {
    loadCredentials(folder);
    return "loaded";
  } catch (error) {
    if (!SettingsError.isInstance(error)) throw error;
    return error.message.replaceAll(root, "");
  }
}

describe("credentials", () => {
  it("are created once, in a folder that only the owner can read", () => {
    const folder = join(root, "deep", "data");
    const { created, signingSecret } = loadCredentials(folder);
    expect(created).toBe(true);
    for (const path of [join(root, "deep"), folder])
      if (process.platform !== "win32") expect((statSync(path).mode & 0o777).toString(8)).toBe("700");
    expect(loadCredentials(folder)).toMatchObject({ created: false, signingSecret });
  });

  const invalid = "is not valid JSON, perhaps because only a part of it was written or restored";
  const token = "adminToken must be a text of visible ASCII characters without spaces";
  it.each([
    ['{"signingSecret":', invalid],
    ['{"signingSecret":"whsec_canary', invalid],
    ["{}", `signingSecret must be a text, and ${token}`],
    ["null", `signingSecret must be a text, and ${token}`],
    ['{"adminToken":"t"}', "signingSecret must be a text"],
    ['{"signingSecret":"canary","adminToken":"a b"}', token],
  ])("that cannot be used are named and left alone: %s", (text, problem) => {
    const file = join(root, "credentials.json");
    writeFileSync(file, text);
    expect(failureOf(root)).toBe(
      `/credentials.json: ${problem}; fix it. If you remove it, the next start creates another signing secret: first copy signingSecret out of it, if the provider uses that.`,
    );
    expect(readFileSync(file, "utf8")).toBe(text);
    expect(readdirSync(root)).toEqual(["credentials.json"]);
  });

  it("need a folder", () => {
    writeFileSync(join(root, "file"), "");
    expect(failureOf(join(root, "file"))).toMatch(/^SESSIONHOOK_STORE: the folder \/file cannot be created/);
    expect(failureOf(join(root, "file", "data"))).toMatch(/the folder \/file\/data cannot be created/);
  });

  const mount = process.getuid?.() === 0 && process.platform === "linux";
  it.skipIf(!mount).each([
    ["full", (disk: string) => fill(join(disk, "filling"))],
    ["read-only", (disk: string) => execFileSync("mount", ["-o", "remount,ro", disk])],
  ])(`are read on a %s disk${mount ? "" : " (needs root to mount one)"}`, (_, spoil) => {
    const disk = join(root, "disk");
    mkdirSync(disk, { mode: 0o700 });
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k,mode=700", "tmpfs", disk]);
    try {
      const { signingSecret } = loadCredentials(disk);
      spoil(disk);
      expect(loadCredentials(disk)).toMatchObject({ created: false, signingSecret, warning: undefined });
    } finally {
      execFileSync("umount", ["--lazy", disk]);
    }
  });

  // With `recursive`, Node never returned here, not even to its own time limits.
  it.skipIf(!existsSync("/proc/self"))("end with a message where no folder can be created", () => {
    expect(failureOf("/proc/nope/data")).toMatch(
      /^SESSIONHOOK_STORE: the folder \/proc\/nope\/data cannot be created: there is no such file or folder/,
    );
  });
});

/** Writes a file until no space is left. */
function fill(file: string): void {
  expect(() => writeFileSync(file, new Uint8Array(1_000_000))).toThrow("ENOSPC");
}
