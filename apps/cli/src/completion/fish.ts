import { allCommands, type CompletedCommand, type CompletedOption } from "./commands.js";

/** Returns a completion script for fish 3 and newer. */
export function fish(program: CompletedCommand): string {
  return `# fish completion for sessionhook
function __sessionhook_at
    # True where the words of the command line so far, without options, lead to this command.
    set -l words (commandline -opc)
    set -e words[1]
    set -l path (string match -rv -- '^-' $words)
    test (count $path) -ge (count $argv); or return 1
    test (count $argv) -eq 0; or test "$path[1..$(count $argv)]" = "$argv"
end

function __sessionhook_exactly
    __sessionhook_at $argv; or return 1
    set -l words (commandline -opc)
    set -e words[1]
    test (count (string match -rv -- '^-' $words)) -eq (count $argv)
end

complete -c sessionhook -f
${allCommands(program).flatMap(linesOf).join("\n")}
`;
}

function linesOf({ path, commands, options, choices }: CompletedCommand): string[] {
  const at = quoted(["__sessionhook_at", ...path].join(" "));
  const exactly = quoted(["__sessionhook_exactly", ...path].join(" "));
  const onlyAtRoot = path.length === 0 ? exactly : at;
  return [
    ...commands.map(
      (sub) => `complete -c sessionhook -n ${exactly} -a ${sub.path.at(-1)} -d ${quoted(sub.description)}`,
    ),
    ...(choices.length > 0 ? [`complete -c sessionhook -n ${exactly} -a ${quoted(choices.join(" "))}`] : []),
    ...(commands.length === 0 ? [`complete -c sessionhook -n ${at} -F`] : []),
    ...options.map(
      (option) =>
        `complete -c sessionhook -n ${commands.length === 0 ? at : onlyAtRoot} ${optionArgs(option)}`,
    ),
  ];
}

function optionArgs({ flags, description, takesValue, choices }: CompletedOption): string {
  const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  const value = !takesValue ? "" : choices.length > 0 ? ` -x -a ${quoted(choices.join(" "))}` : " -r -F";
  return `${names.join(" ")}${value} -d ${quoted(description)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
