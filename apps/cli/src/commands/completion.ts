import { type Command, Argument } from "commander";
import { bash } from "../completion/bash.js";
import { commandsOf } from "../completion/commands.js";
import { fish } from "../completion/fish.js";
import { zsh } from "../completion/zsh.js";
import { printJson, type Shell } from "../shell.js";

const shells = { bash, zsh, fish } as const;

const help = `
Examples:
  $ sessionhook completion bash > ~/.local/share/bash-completion/completions/sessionhook
  $ sessionhook completion zsh > "\${fpath[1]}/_sessionhook"
  $ sessionhook completion fish > ~/.config/fish/completions/sessionhook.fish
  $ source <(sessionhook completion bash)`;

/** `sessionhook completion`: prints a script that completes commands and options in a shell. */
export function addCompletion(program: Command, shell: Shell): void {
  program
    .command("completion")
    .description("Print a script that completes commands, options and their choices in a shell.")
    .addArgument(new Argument("<shell>", "the shell").choices(Object.keys(shells)))
    .option("--json", "print one JSON document: the script as a string")
    .addHelpText("after", help)
    .action((name: keyof typeof shells, options: { readonly json?: true }) => {
      const script = shells[name](commandsOf(program));
      if (options.json === true) printJson(shell, { shell: name, script });
      else shell.stdout.write(script);
    });
}
