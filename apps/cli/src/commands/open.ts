import type { Command } from "commander";
import { type ApiOptions, callJson } from "../admin-api.js";
import { failure, usageError } from "../cli-error.js";
import { addServerOptions, environmentHelp } from "../feed/options.js";
import { openBrowser } from "../open-browser.js";
import { apiUrl } from "../server-address.js";
import { print, printJson, type Shell } from "../shell.js";

interface OpenOptions extends ApiOptions {
  readonly print?: true;
  readonly json?: true;
}

const help = `
The link works once, within 15 minutes. It is printed only on a terminal, because anyone who reads it can sign in; --print
prints it in any case. On a desktop, a browser opens it.
One instance of a function or Worker may not know a link that another instance created: try again, or use the token.
Exit code: 0 the link is created; 1 it failed; 2 wrong usage.
${environmentHelp}

Examples:
  $ sessionhook open
  $ sessionhook open --url https://hooks.example.com --print
  $ sessionhook open --print --json`;

/** `sessionhook open`: creates a link that signs in to the inbox once. */
export function addOpen(program: Command, shell: Shell): void {
  const command = program
    .command("open")
    .description("Open the inbox of a server, signed in by a link that works once.")
    .option("--print", "only print the link, even if standard output is not a terminal");
  addServerOptions(command)
    .option("--json", "print one JSON document; requires --print if standard output is not a terminal")
    .addHelpText("after", help)
    .action((options: OpenOptions) => open(shell, options));
}

async function open(shell: Shell, options: OpenOptions): Promise<void> {
  if (options.print !== true && shell.stdout.isTTY !== true)
    throw usageError(
      "Standard output is not a terminal: anyone who reads the link can sign in; give --print to print it",
    );
  const { fields } = await callJson(shell, options, "POST", "api/sign-in-links");
  const { path, expiresAt } = fields;
  if (typeof path !== "string" || !/^\/login\/once\?code=[0-9a-f]{64}$/.test(path))
    throw failure("bad_answer", "The answer is not a sign-in link; is this a Sessionhook server?");
  const url = new URL(`.${path}`, apiUrl(shell, options.url, ""));
  if (options.json === true) printJson(shell, { url: url.href, expiresAt });
  else print(shell, url.href);
  if (options.print !== true && options.json !== true) openBrowser(shell, url);
}
