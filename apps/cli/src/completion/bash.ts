import { allCommands, type CompletedCommand, wordsAfter } from "./commands.js";

/** Returns a completion script for bash 4 and newer; names, choices and flags have no characters that bash would expand. */
export function bash(program: CompletedCommand): string {
  const commands = allCommands(program);
  const groups = commands.filter((command) => command.commands.length > 0);
  const following = groups.flatMap(({ path, commands }) =>
    commands.map((sub) => `      "${path.join(" ")}:${sub.path.at(-1)}") path="${sub.path.join(" ")}" ;;`),
  );
  const words = commands.map(
    (command) => `    "${command.path.join(" ")}") words="${wordsAfter(command).join(" ")}" ;;`,
  );
  const values = commands.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(
        ({ flags, choices }) =>
          `    ${flags.map((flag) => `"${path.join(" ")}:${flag}"`).join("|")}) values="${choices.join(" ")}" ;;`,
      ),
  );
  return `# bash completion for sessionhook
_sessionhook() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local path="" words="" values="none" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$path:$word" in
${following.join("\n")}
    esac
  done
  COMPREPLY=()
  case "$path:$previous" in
${values.join("\n")}
  esac
  if [[ "$values" != none ]]; then
    if [[ -n "$values" ]]; then
      mapfile -t COMPREPLY < <(compgen -W "$values" -- "$current")
    else
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
    return
  fi
  case "$path" in
${words.join("\n")}
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
complete -o default -F _sessionhook sessionhook
`;
}
