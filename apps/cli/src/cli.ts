import { setImmediate } from "node:timers/promises";
import { type Command, CommanderError } from "commander";
import { CliError } from "./cli-error.js";
import { withOwnExamples } from "./own-command.js";
import { buildProgram } from "./program.js";
import { printJsonText, type Shell } from "./shell.js";
import { outputFailure } from "./standard-output.js";

/**
 * Runs one command line.
 * @param args without the interpreter and the script
 * @returns the exit code, if the command did not set one itself
 */
export async function runCli(shell: Shell, args: readonly string[], version: string): Promise<0 | 1 | 2> {
  const end = args.indexOf("--");
  const json = (end === -1 ? args : args.slice(0, end)).includes("--json");
  const code = await runCommand(shell, args, version, json);
  // A file or a terminal reports the error of the last write in the next turn of the event loop.
  await setImmediate();
  const reason = outputFailure(shell);
  if (reason === undefined) return code;
  const message = `standard output cannot be written: ${reason}`;
  shell.stderr.write(json ? errorJson("output_failed", message) : `error: ${message}\n`);
  return code === 0 ? 1 : code;
}

/** Returns an error as JSON on one line, since some commands print a document on each line. */
function errorJson(code: string, message: string): string {
  return `${JSON.stringify({ error: { code, message } })}\n`;
}

async function runCommand(
  shell: Shell,
  args: readonly string[],
  version: string,
  json: boolean,
): Promise<0 | 1 | 2> {
  const report = (code: string, message: string) => {
    if (json) printJsonText(shell, errorJson(code, message));
    else shell.stderr.write(`error: ${message}\n`);
  };
  const program = buildProgram(shell, version, {
    writeOut: (text) => shell.stdout.write(withOwnExamples(shell, text)),
    // Usage errors are reported below; the only other text that commander writes here is the help of a group.
    writeErr: (text) => {
      if (!json) shell.stderr.write(text);
    },
    outputError: () => undefined,
  });
  try {
    await program.parseAsync(commandLine(program, args), { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      if (error.code !== "commander.help") report("usage", error.message.replace(/^error: /, ""));
      else if (json) report("usage", "a command is missing, see --help");
      return 2;
    }
    if (error instanceof CliError) {
      report(error.code, error.message);
      return error.exitCode;
    }
    report("internal", error instanceof Error ? `${error.name}: ${error.message}` : "unknown error");
    return 1;
  }
}

/**
 * Returns the arguments for commander. For an unknown command with `--help` it would print the help of the group;
 * without `--help` it reports the unknown command.
 */
function commandLine(program: Command, args: readonly string[]): string[] {
  if (args[0] === "-V") return ["--version"];
  const names = args.filter((arg) => !arg.startsWith("-") && arg !== "help");
  let group = program;
  for (const name of names) {
    if (group.commands.length === 0) break;
    const found = group.commands.find((command) => command.name() === name);
    if (found === undefined) return args.filter((arg) => !["-h", "--help", "help"].includes(arg));
    group = found;
  }
  return [...args];
}
