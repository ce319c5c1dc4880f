import { CliError } from "../cli-error.js";
import { isConfigFileError, loadConfigFile } from "../config/load.js";
import { numberOf } from "../cells.js";
import { ownCommand } from "../own-command.js";
import type { Shell } from "../shell.js";
import { type Finding, findingsOf } from "./finding.js";

const finding = findingsOf("configuration file");

/**
 * Validates the configuration file as `sessionhook config check` does.
 * @param configured number of destinations of the running server; undefined if it is not known
 */
export async function checkConfiguration(shell: Shell, configured: number | undefined): Promise<Finding[]> {
  try {
    const { file, destinations } = await loadConfigFile(shell, undefined);
    return [finding("ok", `${file} is valid, destinations: ${destinations.length}`)];
  } catch (error) {
    if (error instanceof CliError && error.code === "no_config") return [missingFile(shell, configured)];
    if (!isConfigFileError(error)) throw error;
    return error.problems.map(({ name, message }) =>
      finding(
        "failed",
        // An excerpt of an expression follows in further lines.
        `${name}: ${message.split("\n", 1)[0]}`,
        `correct it; ${ownCommand(shell, "config check")} shows the place`,
      ),
    );
  }
}

function missingFile({ cwd }: Shell, configured = 0): Finding {
  const none = `there is none in ${cwd}`;
  if (configured === 0) return finding("ok", `${none}: a server that starts here delivers nothing`);
  const running = `the running server has ${numberOf(configured, "destination")} from another place`;
  return finding("not checked", `${none}, and ${running}`, "run this command in the folder of the server");
}
