import { type ConfiguredDestination, durationText } from "@sessionhook/app/load-config";
import { failure } from "../cli-error.js";
import type { CheckOptions } from "../commands/config-check.js";
import { harmless, harmlessLines, print, printJson, type Shell, table } from "../shell.js";
import { isConfigFileError, loadConfigFile } from "./load.js";
import { problemDocument } from "./problems.js";
import { selectionText } from "./selection-text.js";
import { numberOf } from "../cells.js";

/** Validates the configuration file and prints its destinations, or its problems. */
export async function checkConfig(shell: Shell, { config: given, json }: CheckOptions): Promise<void> {
  const config = await loadConfigFile(shell, given).catch((error: unknown) => {
    if (!isConfigFileError(error)) throw error;
    if (json !== true) throw failure("invalid_config", harmlessLines(error.message), { cause: error });
    shell.fail();
    printJson(shell, problemDocument(error));
    return undefined;
  });
  if (config === undefined) return;
  const { file, destinations, retention } = config;
  if (json === true)
    return printJson(shell, { valid: true, file, destinations: destinations.map(documentOf), retention });
  print(shell, `${harmless(file)}: valid, ${numberOf(destinations.length, "destination")}`);
  const rows = destinations.map(({ options, type }) => [
    options.name,
    type,
    harmless(selectionText(options)),
  ]);
  if (rows.length > 0) print(shell, table(rows));
  const events = retention.eventsMs === undefined ? "for ever" : durationText(retention.eventsMs);
  print(shell, `retention: events ${events}, history ${durationText(retention.historyMs)}`);
}

function documentOf({ options, type }: ConfiguredDestination) {
  const { name, ...rest } = options;
  return { name, type, ...rest };
}
