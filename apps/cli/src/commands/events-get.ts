import { type Command, Option } from "commander";
import { type ApiOptions, callBytes, callJson, eventPath } from "../admin-api.js";
import { addServerOptions, environmentHelp } from "../feed/options.js";
import { integer } from "../option-parsers.js";
import { saveEvent } from "../save-event.js";
import { harmlessLines, print, printJsonText, type Shell } from "../shell.js";
import { showEvent } from "../show-event.js";

interface GetOptions extends ApiOptions {
  readonly save?: string;
  readonly force?: true;
  readonly eventVersion?: number;
  readonly raw?: true;
  readonly json?: true;
}

const help = `
--save writes the exact body and the signed headers as files for sessionhook verify, named <id>.json (.txt, .bin)
and <id>.headers.json and readable by you alone, and prints the command that verifies them. That command has
--ignore-timestamp, because the message was received earlier.
${environmentHelp}

Examples:
  $ sessionhook events get evt_01KH5HM09WTF6DOE8K2H6DG2RI
  $ sessionhook events get evt_01KH5HM09WTF6DOE8K2H6DG2RI --raw > body.json
  $ sessionhook events get evt_01KH5HM09WTF6DOE8K2H6DG2RI --save captured`;

/** `sessionhook events get`: shows one stored event. */
export function addEventsGet(events: Command, shell: Shell): void {
  const command = events
    .command("get")
    .description("Show one stored event.")
    .argument("<id>", "message id")
    .addOption(
      new Option("--raw", "write the body exactly as received, and nothing else").conflicts(["json", "save"]),
    )
    .option("--save <folder>", "write the body and the signed headers as files, for sessionhook verify")
    .option("--force", "with --save: replace existing files")
    .option("--event-version <n>", "a conflicting version: 2, 3, …", integer(1, 999_999_999));
  addServerOptions(command)
    .option("--json", "print the answer of the server as one JSON document")
    .addHelpText("after", help)
    .action((id: string, options: GetOptions) => get(shell, id, options));
}

async function get(shell: Shell, id: string, options: GetOptions): Promise<void> {
  const query = { version: options.eventVersion };
  if (options.save !== undefined) return saveEvent(shell, id, { ...options, folder: options.save });
  if (options.raw === true) {
    const bytes = await callBytes(shell, options, "GET", eventPath(id, "/raw"), query);
    return shell.stdout.isTTY === true ? show(shell, bytes) : void shell.stdout.write(bytes);
  }
  const { text } = await callJson(shell, options, "GET", eventPath(id), query);
  if (options.json === true) return printJsonText(shell, text);
  showEvent(shell, text);
}

/** Shows a body on a terminal, without the characters that could control it. */
function show(shell: Shell, bytes: Uint8Array): void {
  const text = new TextDecoder().decode(bytes);
  const lines = harmlessLines(text);
  print(shell, lines);
  if (lines !== text)
    shell.stderr.write("control characters are shown as \ufffd; write to a file for the exact bytes\n");
}
