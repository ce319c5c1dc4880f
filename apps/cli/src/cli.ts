import { CommanderError } from "commander";
import { CliError } from "./cli-error.js";
import { buildProgram } from "./program.js";
import { printJson, type Shell } from "./shell.js";

/**
 * Runs one command line.
 * @param args without the interpreter and the script
 * @returns the exit code to end with, where the command did not set one itself
 */
export async function runCli(shell: Shell, args: readonly string[], version: string): Promise<0 | 1 | 2> {
  const end = args.indexOf("--");
  const json = (end === -1 ? args : args.slice(0, end)).includes("--json");
  const report = (code: string, message: string) => {
    if (json) printJson(shell, { error: { code, message } });
    else shell.stderr.write(`error: ${message}\n`);
  };
  const program = buildProgram(shell, version, {
    writeOut: (text) => shell.stdout.write(text),
    // Usage errors are told below; what else commander writes here is the help of a command that lacks its verb.
    writeErr: (text) => {
      if (!json) shell.stderr.write(text);
    },
    outputError: () => undefined,
  });
  try {
    await program.parseAsync([...args], { from: "user" });
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
