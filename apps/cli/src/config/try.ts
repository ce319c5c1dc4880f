import { durationText } from "@sessionhook/app/load-config";
import { failure } from "../cli-error.js";
import type { TryOptions } from "../commands/config-try.js";
import { readInput } from "../input.js";
import { harmless, harmlessLines, print, printJson, type Shell, table } from "../shell.js";
import { isConfigFileError, loadConfigFile } from "./load.js";
import { reasonText } from "./reason-text.js";
import { type Trial, triedEvent, tryEvent } from "./try-event.js";

/** Longest text of a body on the terminal, in characters; `--json` has all of it. */
const maxShown = 2000;

/** Prints what each destination would get of an event. */
export async function tryConfig(shell: Shell, { file, config: given, json }: TryOptions): Promise<void> {
  const body = new Uint8Array(await readInput(shell, file));
  const config = await loadConfigFile(shell, given).catch((error: unknown) => {
    if (!isConfigFileError(error)) throw error;
    throw failure("invalid_config", harmlessLines(error.message), { cause: error });
  });
  const tried = triedEvent(body, shell.now());
  const trials = await tryEvent(tried, config.destinations);
  const { id, type, status, issues } = tried.event;
  if (json === true)
    return printJson(shell, {
      file: config.file,
      event: { id, type, status, issues },
      destinations: trials.map(documentOf),
    });
  print(shell, harmless([status, type ?? "no type", id].join("  ")));
  for (const { path, message } of issues)
    print(shell, harmless(`issue: ${path === "" ? "body" : path}: ${message}`));
  for (const trial of trials) print(shell, describe(trial));
}

function describe(trial: Trial): string {
  const { destination, decision, preview } = trial;
  const { options, type } = destination;
  const head = (result: string) => `\n${table([[options.name, type, harmless(result)]])}`;
  if (!decision.wants) return head(`does not get it: ${reasonText(decision.reason.code, destination)}`);
  if (preview === undefined)
    return head("does not get it: the body consists of facts, and the event has none");
  const cooldown = options.cooldown;
  const unless =
    decision.cooldown === undefined || cooldown === undefined
      ? ""
      : `, unless it got one about the same ${cooldown.per} within ${durationText(cooldown.forMs)}`;
  const text = preview.length > maxShown ? `${preview.slice(0, maxShown)}…` : preview;
  return `${head(`gets it${unless}`)}\n${harmlessLines(text).replaceAll(/^/gm, "  ")}`;
}

function documentOf({ destination, decision, preview }: Trial) {
  const { name, cooldown } = destination.options;
  const { type } = destination;
  if (!decision.wants) {
    const { code } = decision.reason;
    return {
      name,
      type,
      gets: false,
      recorded: decision.recorded,
      reason: code,
      text: reasonText(code, destination),
    };
  }
  if (preview === undefined)
    return { name, type, gets: false, recorded: true, reason: "no_facts", text: "the event has no facts" };
  return {
    name,
    type,
    gets: true,
    cooldown: decision.cooldown === undefined ? null : (cooldown ?? null),
    body: preview,
  };
}
