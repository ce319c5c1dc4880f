import type { Command, Option } from "commander";

export interface CompletedOption {
  /** `--name`, and `-n` if there is a short one. */
  readonly flags: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  /** Its possible values, if they are known. */
  readonly choices: readonly string[];
}

/** A command or a group of commands, for completion. */
export interface CompletedCommand {
  /** The words of the command; empty for the program. */
  readonly path: readonly string[];
  readonly description: string;
  /** Names of its subcommands. */
  readonly commands: readonly CompletedCommand[];
  readonly options: readonly CompletedOption[];
  /** The possible values of its argument, if they are known. */
  readonly choices: readonly string[];
}

/** Returns the program with all its commands. */
export function commandsOf(command: Command, path: readonly string[] = []): CompletedCommand {
  const help = command.createHelp();
  return {
    path,
    description: command.description(),
    commands: help
      .visibleCommands(command)
      .filter((sub) => sub.name() !== "help")
      .map((sub) => commandsOf(sub, [...path, sub.name()])),
    options: help.visibleOptions(command).map(optionOf),
    choices: command.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
  };
}

function optionOf({ short, long, description, required, optional, argChoices }: Option): CompletedOption {
  return {
    flags: [long, short].filter((flag) => flag !== undefined && flag !== null),
    description,
    takesValue: required || optional,
    choices: argChoices ?? [],
  };
}

/** Returns the command and its subcommands at every level. */
export function allCommands(command: CompletedCommand): CompletedCommand[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

/** Returns the words that can follow a command: its subcommands, choices and options. */
export function wordsAfter({ commands, choices, options }: CompletedCommand): string[] {
  const names = commands.map(({ path }) => path.at(-1) ?? "");
  return [...names, ...choices, ...options.flatMap(({ flags }) => flags)];
}
