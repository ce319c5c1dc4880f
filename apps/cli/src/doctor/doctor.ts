import { defaultToleranceSeconds } from "@sessionhook/core/limits";
import { CliError } from "../cli-error.js";
import type { ApiOptions } from "../admin-api.js";
import { adminToken } from "../credentials.js";
import { harmless, print, printJson, type Shell } from "../shell.js";
import { checkConfiguration } from "./configuration.js";
import { checkFiles } from "./files.js";
import { type Finding, findingsOf } from "./finding.js";
import { checkServer, type ServerFindings } from "./server.js";
import { checkSettings } from "./settings.js";

export interface DoctorOptions extends ApiOptions {
  readonly json?: true;
}

/** Runs every check and prints the findings. */
export async function examine(shell: Shell, options: DoctorOptions): Promise<void> {
  const { settings, findings } = checkSettings(shell);
  if (settings === undefined)
    findings.push(findingsOf("data folder")("not checked", "the settings are invalid"));
  else findings.push(...(await checkFiles(shell, settings.store)));
  const running = await checkRunning(shell, options, settings);
  findings.push(...(await checkConfiguration(shell, running.configured)), ...running.findings);
  const failed = findings.some(({ outcome }) => outcome === "failed");
  if (options.json === true) printJson(shell, { ok: !failed, findings: findings.map(documentOf) });
  else for (const finding of findings) print(shell, lineOf(finding));
  if (failed) shell.fail();
}

async function checkRunning(
  shell: Shell,
  { url, token: given }: ApiOptions,
  settings: ReturnType<typeof checkSettings>["settings"],
): Promise<ServerFindings> {
  try {
    const token = await adminToken(shell, given ?? settings?.adminToken).catch((error: unknown) => {
      if (error instanceof CliError) return undefined;
      throw error;
    });
    return await checkServer(shell, { url, token }, settings?.toleranceSeconds ?? defaultToleranceSeconds);
  } catch (error) {
    // HOST, PORT or SESSIONHOOK_BASE_PATH, which the settings name too.
    if (error instanceof CliError) return { findings: [findingsOf("server")("not checked", error.message)] };
    throw error;
  }
}

const documentOf = ({ check, outcome, message, action }: Finding) => ({
  check,
  outcome: outcome.replace(" ", "_"),
  message,
  action: action ?? null,
});

function lineOf({ check, outcome, message, action }: Finding): string {
  const advice = action === undefined ? "" : ` → ${action}`;
  return harmless(`${outcome.padEnd(11)}  ${check}: ${message}${advice}`);
}
