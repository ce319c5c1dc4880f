import { type Command, Option } from "commander";
import { CliError, failure } from "../cli-error.js";
import { type ApiOptions, callExport, type Query } from "../admin-api.js";
import { createOutputFile, deletedFile, outputHelp } from "../output-file.js";
import { escaped, harmless, harmlessLines, type Shell } from "../shell.js";
import { endingWithOutput, writeOut } from "../standard-output.js";

export type Format = "csv" | "ndjson";

const types = { csv: "text/csv", ndjson: "application/x-ndjson" } as const;

/** Returns the option that selects the form of an export. */
export function formatOption(): Option {
  return new Option("--format <format>", "form of the output").choices(Object.keys(types));
}

/** Returns the option that names a file for an export. */
export function outputOption(): Option {
  return new Option("--output <file>", outputHelp);
}

/** Adds the option for errors as JSON; the output is CSV or NDJSON. */
export function addJsonErrors(command: Command): Command {
  return command.option("--json", "print errors as JSON too");
}

/** Writes the whole selection as the server sends it, to standard output or to the file that `--output` names. */
export async function exportVisits(
  shell: Shell,
  options: ApiOptions & { readonly output?: string },
  path: string,
  query: Query,
  format: Format,
): Promise<void> {
  shell.handleInterrupt();
  const reading = endingWithOutput(shell);
  const chunks = () => callExport(reading, options, path, query, types[format]);
  const { output } = options;
  try {
    if (output !== undefined) return await toFile(shell, output, chunks());
    const write = shell.stdout.isTTY === true ? shownOn(shell, format) : writtenTo(reading);
    for await (const chunk of chunks()) await write(chunk);
  } catch (error) {
    if (shell.outputEnded.aborted) return;
    if (!shell.interrupted.aborted) throw error;
    shell.stderr.write(
      `interrupted: ${output === undefined ? "what is written is not complete" : deletedFile}\n`,
    );
    shell.fail();
  }
}

/** Writes the chunks to a new file; deletes it if they end early. */
async function toFile(shell: Shell, name: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await createOutputFile(shell, name);
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      await file.write(chunk);
      bytes += chunk.length;
    }
    await file.close();
  } catch (error) {
    await file.discard();
    throw error instanceof CliError && error.code === "bad_answer" && bytes > 0
      ? failure(error.code, `The export broke off: ${deletedFile}`, { cause: error })
      : error;
  }
  shell.stderr.write(`${bytes} bytes written to ${harmless(file.path)}\n`);
}

/** Returns a function that writes a part unchanged, and returns when it is written. */
function writtenTo(shell: Shell) {
  return (chunk: Uint8Array) => writeOut(shell, chunk);
}

/** Replaces characters that could control a terminal. */
function shownOn(shell: Shell, format: Format) {
  const decoder = new TextDecoder();
  return async (chunk: Uint8Array) => {
    const text = decoder.decode(chunk, { stream: true });
    shell.stdout.write(format === "csv" ? harmlessLines(text.replaceAll("\r\n", "\n")) : escaped(text));
  };
}
