import { ConfigurationError, generateSecret, sign } from "@sessionhook/core";
import type { Command } from "commander";
import { usageError } from "../cli-error.js";
import { secretError, secretOptions } from "../credentials.js";
import { follow } from "../feed/follow.js";
import {
  addFilterOptions,
  addServerOptions,
  addStartOptions,
  type FollowOptions,
  startOf,
  environmentHelp,
} from "../feed/options.js";
import { forward, type Forwarding } from "../forward/forward.js";
import { forwardedJson, forwardedLine } from "../forward/report.js";
import { httpUrl } from "../option-parsers.js";
import { harmless, print, type Shell } from "../shell.js";
import { endingWithOutput } from "../standard-output.js";

interface ListenOptions extends FollowOptions {
  readonly forwardTo: URL;
  readonly secret?: string;
  readonly printSecret?: true;
  readonly json?: true;
}

const help = `
Forwards the exact bytes with the same webhook-id, one event at a time and in order, with a new timestamp and a
signature by a secret for this machine. Without --secret, a secret is created for this run and shown on the terminal.
If the app cannot be reached or the server restarts, listen waits: no event is missed, and none is sent again after
an answer of any status. No answer within 30 s counts as an answer.
Exit code: 0 ended by Ctrl-C; 1 the server could not be reached at the start, or rejected the request; 2 wrong usage.
A secret given with --secret is visible in the list of processes.
${environmentHelp}

Examples:
  $ sessionhook listen --forward-to http://localhost:3000/webhooks
  $ sessionhook listen --forward-to http://localhost:3000/webhooks --url https://hooks.example.com --since 1h
  $ sessionhook listen --forward-to http://localhost:3000/webhooks --secret "$(sessionhook secret new)" --json`;

/** `sessionhook listen`: forwards the events of a server to an app on this machine. */
export function addListen(program: Command, shell: Shell): void {
  const command = program
    .command("listen")
    .description("Forward new events of a server to an app on this machine, until Ctrl-C.")
    .requiredOption("--forward-to <url>", "where to post events", httpUrl)
    .option("--secret <secret>", "secret to sign with, whsec_… or whsk_… (default: created for this run)")
    .option("--print-secret", "print the secret of this run even if standard error is not a terminal");
  addServerOptions(addStartOptions(addFilterOptions(command)))
    .option("--json", "print each event as one JSON document on a line")
    .addHelpText("after", help)
    .action((options: ListenOptions) => listen(shell, options));
}

async function listen(shell: Shell, options: ListenOptions): Promise<void> {
  const forwarding: Forwarding = {
    url: options.forwardTo,
    secret: options.secret ?? newSecret(shell, options),
    ...secretOptions(shell),
  };
  check(forwarding);
  shell.handleInterrupt();
  const start = await startOf(shell, options);
  shell.stderr.write(`forwarding to ${forwarding.url.href}; Ctrl-C ends it\n`);
  if (options.secret === undefined)
    shell.stderr.write(`signing secret of this run: ${forwarding.secret} (set it in your app)\n`);
  let last: string | undefined;
  const following = endingWithOutput(shell);
  for await (const { event } of follow(following, options, start)) {
    const result = await forward(following, forwarding, event);
    if (result === undefined) break;
    last = event.position;
    print(shell, options.json === true ? forwardedJson(result) : forwardedLine(result));
  }
  if (last !== undefined) shell.stderr.write(`continue with --after ${harmless(last)}\n`);
}

/** Creates a secret if it can be shown. Standard error that is not a terminal is a log, which others may read. */
function newSecret(shell: Shell, { printSecret }: ListenOptions): string {
  if (printSecret !== true && shell.stderr.isTTY !== true)
    throw usageError(
      "Standard error is not a terminal, so the secret of this run is not printed there: give --secret, or --print-secret",
    );
  return generateSecret();
}

function check({ secret, secretEncoding, allowShortSecrets }: Forwarding): void {
  if (secret.trim().startsWith("whpk_"))
    throw usageError("--secret is a public key (whpk_), which cannot sign; give its secret key (whsk_)");
  try {
    sign("", { id: "evt_check", secret, secretEncoding, allowShortSecrets });
  } catch (error) {
    if (ConfigurationError.isInstance(error)) throw secretError(error);
    throw error;
  }
}
