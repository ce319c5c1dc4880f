import { once } from "node:events";
import { type Command, Option } from "commander";
import { type ApiOptions, callExport, type Query } from "../admin-api.js";
import { escaped, harmlessLines, type Shell } from "../shell.js";

export type Format = "csv" | "ndjson";

const types = { csv: "text/csv", ndjson: "application/x-ndjson" } as const;

/** Returns the option that selects the form of an export. */
export function formatOption(): Option {
  return new Option("--format <format>", "form of the output").choices(Object.keys(types));
}

/** Adds the option that only concerns errors, since the output has a form of its own. */
export function addJsonErrors(command: Command): Command {
  return command.option("--json", "print errors as JSON too");
}

/** Writes the whole selection to standard output as the server sends it. */
export async function exportVisits(
  shell: Shell,
  options: ApiOptions,
  path: string,
  query: Query,
  format: Format,
): Promise<void> {
  shell.handleInterrupt();
  const write = shell.stdout.isTTY === true ? shownOn(shell, format) : writtenTo(shell);
  try {
    for await (const chunk of callExport(shell, options, path, query, types[format])) await write(chunk);
  } catch (error) {
    if (!shell.interrupted.aborted) throw error;
    shell.stderr.write("interrupted: what is written is not complete\n");
    shell.fail();
  }
}

/** Waits until the output accepts more. */
function writtenTo(shell: Shell) {
  return async (chunk: Uint8Array) => {
    if (!shell.stdout.write(chunk)) await once(shell.stdout, "drain", { signal: shell.interrupted });
  };
}

/** Replaces characters that could control a terminal. */
function shownOn(shell: Shell, format: Format) {
  const decoder = new TextDecoder();
  return async (chunk: Uint8Array) => {
    const text = decoder.decode(chunk, { stream: true });
    shell.stdout.write(format === "csv" ? harmlessLines(text.replaceAll("\r\n", "\n")) : escaped(text));
  };
}
