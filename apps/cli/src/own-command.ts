import { basename, delimiter, dirname } from "node:path";
import { type Shell, shellQuoted } from "./shell.js";

type Started = Pick<Shell, "env" | "script">;

/**
 * Returns a command line of this program that the user can run as it is. It begins as the present one was started:
 * with `npm run sessionhook --` in a clone, `npx sessionhook`, `sessionhook`, or its path where it is not on the PATH.
 * @param args such as `destinations resume crm`
 */
export function ownCommand(shell: Started, args: string): string {
  return `${startOf(shell)} ${args}`;
}

/** npm names the script that it runs; `npx` calls itself a script too. */
function startOf({ env, script }: Started, quiet = false): string {
  const npmScript = env["npm_lifecycle_event"];
  if (npmScript === "sessionhook") return `npm run ${quiet ? "--silent " : ""}sessionhook --`;
  if (npmScript === "npx") return "npx sessionhook";
  const named = script !== undefined && basename(script) === "sessionhook";
  return named && !(env["PATH"] ?? "").split(delimiter).includes(dirname(script))
    ? shellQuoted(script)
    : "sessionhook";
}

/** Returns a help text whose examples (`  $ sessionhook …`) can be run as they are. */
export function withOwnExamples(shell: Started, help: string): string {
  return help.replaceAll(/^ {2}\$ .*$/gm, (line) => {
    // npm prints the name of the script first; a file or another program must not get that.
    const start = startOf(shell, / (?:\||>>?) |[$<]\(sessionhook/.test(line));
    return line.replaceAll(/(?<=[ (])sessionhook(?= [a-z])/g, () => start);
  });
}
