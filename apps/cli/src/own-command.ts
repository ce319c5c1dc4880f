import type { Shell } from "./shell.js";

/**
 * Returns a command line of this program that the user can run as it is. It begins as the present one was started:
 * with `npm run sessionhook --` in a clone, `npx sessionhook`, or `sessionhook`.
 * @param args such as `destinations resume crm`
 */
export function ownCommand({ env }: Pick<Shell, "env">, args: string): string {
  return `${startOf(env)} ${args}`;
}

/** npm names the script that it runs; `npx` calls itself a script too. */
function startOf(env: Shell["env"], quiet = false): string {
  const script = env["npm_lifecycle_event"];
  if (script === "sessionhook") return `npm run ${quiet ? "--silent " : ""}sessionhook --`;
  return script === "npx" ? "npx sessionhook" : "sessionhook";
}

/** Returns a help text whose examples (`  $ sessionhook …`) can be run as they are. */
export function withOwnExamples({ env }: Pick<Shell, "env">, help: string): string {
  return help.replaceAll(/^ {2}\$ .*$/gm, (line) => {
    // npm prints the name of the script first; a file or another program must not get that.
    const start = startOf(env, / (?:\||>>?) |[$<]\(sessionhook/.test(line));
    return line.replaceAll(/(?<=[ (])sessionhook(?= [a-z])/g, start);
  });
}
