import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readSettingsAndFiles, withSecretFiles } from "./secret-files.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sessionhook-secrets-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("reads secrets and the admin token from files, without the last newline", () => {
  writeFileSync(join(folder, "secrets"), "whsec_a whsec_b\n");
  writeFileSync(join(folder, "token"), "token\r\n");
  const env = {
    PORT: "1",
    SESSIONHOOK_SECRETS_FILE: join(folder, "secrets"),
    SESSIONHOOK_ADMIN_TOKEN_FILE: join(folder, "token"),
  };
  expect(withSecretFiles(env)).toEqual({
    PORT: "1",
    SESSIONHOOK_SECRETS: "whsec_a whsec_b",
    SESSIONHOOK_ADMIN_TOKEN: "token",
  });
});

it("leaves other settings unchanged", () => {
  expect(withSecretFiles({ SESSIONHOOK_SECRETS: "whsec_a" })).toEqual({ SESSIONHOOK_SECRETS: "whsec_a" });
});

it("names a file that is missing or empty, and a setting that is set twice", () => {
  const read = (env: Record<string, string>) => () => withSecretFiles(env);
  const missing = join(folder, "missing");
  expect(read({ SESSIONHOOK_SECRETS_FILE: missing })).toThrow(
    `SESSIONHOOK_SECRETS_FILE: the file ${missing} cannot be read: there is no such file or folder (ENOENT, user id ${process.getuid?.()})`,
  );
  writeFileSync(join(folder, "empty"), " \n");
  expect(read({ SESSIONHOOK_ADMIN_TOKEN_FILE: join(folder, "empty") })).toThrow("is empty");
  writeFileSync(join(folder, "utf16"), "whsec_a", "utf16le");
  expect(read({ SESSIONHOOK_SECRETS_FILE: join(folder, "utf16") })).toThrow("is not UTF-8 text");
  expect(read({ SESSIONHOOK_SECRETS_FILE: "" })).toThrow("must not be empty");
  expect(read({ SESSIONHOOK_SECRETS_FILE: `${missing}\n` })).toThrow("ends with white space or a newline");
  writeFileSync(join(folder, "large"), "a".repeat(64 * 1024 + 1));
  expect(read({ SESSIONHOOK_SECRETS_FILE: join(folder, "large") })).toThrow("is larger than 64 KiB");
  // It has no end.
  expect(read({ SESSIONHOOK_ADMIN_TOKEN_FILE: "/dev/zero" })).toThrow("is larger than 64 KiB");
  expect(read({ SESSIONHOOK_SECRETS: "whsec_a", SESSIONHOOK_SECRETS_FILE: missing })).toThrow(
    "must not be set together with SESSIONHOOK_SECRETS",
  );
});

it("names the setting of the file and its path for a content that cannot be used", () => {
  const token = join(folder, "token");
  const cases: readonly (readonly [content: string, message: string])[] = [
    ["a-token\n\n", "ends with white space"],
    ["a-token \n", "ends with white space"],
    [" a-token\n", "begins with white space"],
    ["\uFEFFa-token\n", "begins with a byte order mark"],
    ['"a-token"\n', 'begins with a quote (")'],
    ["SESSIONHOOK_ADMIN_TOKEN=a-token\n", "begins with the name of a variable"],
  ];
  for (const [content, message] of cases) {
    writeFileSync(token, content);
    expect(() => readSettingsAndFiles({ SESSIONHOOK_ADMIN_TOKEN_FILE: token })).toThrow(
      `SESSIONHOOK_ADMIN_TOKEN_FILE: ${token}: ${message}`,
    );
  }
  writeFileSync(token, "a-token\r\n");
  expect(readSettingsAndFiles({ SESSIONHOOK_ADMIN_TOKEN_FILE: token }).adminToken).toBe("a-token");
});
