import type { Command } from "commander";
import { addFilterOptions, addServerOptions, environmentHelp } from "../feed/options.js";
import { type FeedOptions, readFeed } from "../feed/read-feed.js";
import { createOutputFile, outputHelp } from "../output-file.js";
import { harmless, printJsonText, type Shell } from "../shell.js";
import { endingWithOutput, isReaderGone, writeOut } from "../standard-output.js";
import { numberOf } from "../cells.js";

interface ExportOptions extends FeedOptions {
  readonly after?: string;
  readonly output?: string;
  readonly json?: true;
}

const help = `
Each line is one event, oldest first, with its status, issues, signature and exact body: body, or bodyBase64 if it is not
UTF-8. To continue an export, also an interrupted one, give the position of its last complete line to --after. The position
is also printed on standard error at the end. An interrupted export leaves the file of --output; continue it in another.
Exit code: 0 all events are written; 1 not all (Ctrl-C, or the server stopped answering); 2 wrong usage.
${environmentHelp}

Examples:
  $ sessionhook events export --output events.ndjson
  $ sessionhook events export --status quarantined --type identity.resolved > some.ndjson
  $ sessionhook events export --after after-1200 >> events.ndjson`;

/** `sessionhook events export`: writes all stored events, one JSON document on each line. */
export function addEventsExport(events: Command, shell: Shell): void {
  const command = events.command("export").description("Write stored events as JSON, one on each line.");
  addServerOptions(addFilterOptions(command))
    .option("--q <text>", "only message ids that begin with this text")
    .option("--after <position>", "only events after this position of the event log")
    .option("--output <file>", outputHelp)
    .option("--json", "print errors as JSON too; the lines always are")
    .addHelpText("after", help)
    .action((options: ExportOptions) => exportEvents(shell, options));
}

async function exportEvents(shell: Shell, options: ExportOptions): Promise<void> {
  shell.handleInterrupt();
  const file = options.output === undefined ? undefined : await createOutputFile(shell, options.output);
  const reading = endingWithOutput(shell);
  const write = file?.write ?? writtenTo(reading);
  let [after, count, end] = [options.after ?? "", 0, false];
  const report = () => {
    const next = after === "" ? "" : `; continue with --after ${harmless(after)}`;
    const to = file === undefined ? "" : ` written to ${harmless(file.path)}`;
    shell.stderr.write(`${numberOf(count, "event")}${to}${end ? "" : ", not all"}${next}\n`);
  };
  try {
    while (!end && !reading.interrupted.aborted) {
      const page = await readFeed(reading, options, after);
      if (page.events.length > 0) await write(page.events.map(({ json }) => `${json}\n`).join(""));
      count += page.events.length;
      [after, end] = [page.position, page.end];
    }
  } catch (error) {
    if (isReaderGone(shell)) return;
    if (count > 0 || reading.interrupted.aborted) report();
    if (!reading.interrupted.aborted) throw error;
    return shell.fail();
  }
  report();
  if (!end) shell.fail();
}

/** Returns a function that writes lines to standard output, and returns when they are written. */
function writtenTo(shell: Shell) {
  return async (lines: string) => {
    if (shell.stdout.isTTY === true) printJsonText(shell, lines);
    else await writeOut(shell, lines);
  };
}
