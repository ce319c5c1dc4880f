import { SettingsError, type Settings } from "@sessionhook/app/settings";
import { readSettingsAndFiles } from "@sessionhook/app/secret-files";
import { secretFileAccess } from "../secret-files.js";
import type { Shell } from "../shell.js";
import { type Finding, findingsOf } from "./finding.js";

const finding = findingsOf("settings");

/** Reads the settings of this shell as the server does at its start. */
export function checkSettings(shell: Shell): { settings: Settings | undefined; findings: Finding[] } {
  try {
    const settings = readSettingsAndFiles(shell.env, secretFileAccess(shell));
    return { settings, findings: [finding("ok", "the environment of this shell is valid")] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const findings = error.problems.map(({ name, message }) =>
      finding("failed", `${name}: ${message}`, "correct it where the server is started, and restart it"),
    );
    return { settings: undefined, findings };
  }
}
