import { allCommands, type CompletedCommand, type CompletedOption } from "./commands.js";

/** Returns a completion script for zsh, for a file `_sessionhook` in fpath. */
export function zsh(program: CompletedCommand): string {
  return `#compdef sessionhook
${allCommands(program).map(functionOf).join("\n")}
# Sourced, it registers itself; from a folder of fpath, compinit has done so and calls it.
if [[ "\${funcstack[1]}" == _sessionhook ]]; then
  _sessionhook "$@"
else
  compdef _sessionhook sessionhook
fi
`;
}

const nameOf = (path: readonly string[]) => ["_sessionhook", ...path].join("_");

function functionOf({ path, commands, options, choices }: CompletedCommand): string {
  const specs = options.flatMap(optionSpecs);
  if (commands.length === 0) {
    const argument = choices.length > 0 ? `1:value:(${choices.join(" ")})` : "*:file:_files";
    return `${nameOf(path)}() {
  _arguments -s \\
${[...specs, quoted(argument)].map((spec) => `    ${spec}`).join(" \\\n")}
}`;
  }
  const described = commands.map((sub) => `    ${quoted(`${sub.path.at(-1)}:${sub.description}`)}`);
  const branches = commands.map((sub) => `        ${sub.path.at(-1)}) ${nameOf(sub.path)} ;;`);
  return `${nameOf(path)}() {
  local curcontext="$curcontext" state line
  local -a commands=(
${described.join("\n")}
  )
  _arguments -C \\
${[...specs, "'1:command:->command'", "'*::argument:->argument'"].map((spec) => `    ${spec}`).join(" \\\n")}
  case "$state" in
    command) _describe command commands ;;
    argument)
      case "$line[1]" in
${branches.join("\n")}
      esac ;;
  esac
}`;
}

function optionSpecs({ flags, description, takesValue, choices }: CompletedOption): string[] {
  const text = description.replaceAll(/[[\]\\:]/g, (char) => `\\${char}`);
  const value = choices.length > 0 ? `:value:(${choices.join(" ")})` : ":value:_files";
  return flags.map((flag) => quoted(`${flag}[${text}]${takesValue ? value : ""}`));
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
