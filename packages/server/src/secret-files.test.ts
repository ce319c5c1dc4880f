import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { withSecretFiles } from "./secret-files.js";

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
    `SESSIONHOOK_SECRETS_FILE: the file ${missing} cannot be read (ENOENT)`,
  );
  writeFileSync(join(folder, "empty"), " \n");
  expect(read({ SESSIONHOOK_ADMIN_TOKEN_FILE: join(folder, "empty") })).toThrow("is empty");
  expect(read({ SESSIONHOOK_SECRETS: "whsec_a", SESSIONHOOK_SECRETS_FILE: missing })).toThrow(
    "must not be set together with SESSIONHOOK_SECRETS",
  );
});
