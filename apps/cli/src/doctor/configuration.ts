import { CliError } from "../cli-error.js";
import { isConfigFileError, loadConfigFile } from "../config/load.js";
import type { Shell } from "../shell.js";
import { type Finding, findingsOf } from "./finding.js";

const finding = findingsOf("configuration file");

/** Validates the configuration file as `sessionhook config check` does. */
export async function checkConfiguration(shell: Shell): Promise<Finding[]> {
  try {
    const { file, destinations } = await loadConfigFile(shell, undefined);
    return [finding("ok", `${file} is valid, destinations: ${destinations.length}`)];
  } catch (error) {
    if (error instanceof CliError && error.code === "no_config")
      return [finding("ok", `there is none in ${shell.cwd}: nothing is delivered`)];
    if (!isConfigFileError(error)) throw error;
    return error.problems.map(({ name, key, message }) =>
      finding(
        "failed",
        [name, key, message.split("\n", 1)[0]].filter((part) => part !== undefined && part !== "").join(": "),
        "correct it; sessionhook config check shows the place",
      ),
    );
  }
}
