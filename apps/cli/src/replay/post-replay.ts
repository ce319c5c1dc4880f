import { callJson, type JsonAnswer } from "../admin-api.js";
import { CliError, failure } from "../cli-error.js";
import { ownCommand } from "../own-command.js";
import type { Shell } from "../shell.js";
import type { ReplayOptions } from "./options.js";

/**
 * Lets the server count a new replay and, without `--dry-run`, start it. Counting takes seconds in a large store; an interrupt
 * closes the connection, and the server then starts nothing.
 * @throws CliError; where the replay may have started, with the commands that show and cancel it
 */
export async function postReplay(shell: Shell, options: ReplayOptions): Promise<JsonAnswer> {
  const now = shell.now();
  const { destination, kind, status, type, event, since, until, where, rate, dryRun } = options;
  const selection = { kind, status, type, from: since?.(now), to: until?.(now), when: where, rate, dryRun };
  const onTerminal = shell.stderr.isTTY === true;
  shell.handleInterrupt();
  if (onTerminal) shell.stderr.write("Counting deliveries; Ctrl-C cancels");
  try {
    const body = { destinations: destination, events: event, ...selection };
    return await callJson(shell, options, "POST", "api/replays", {}, body);
  } catch (error) {
    throw startError(shell, error, dryRun === true);
  } finally {
    if (onTerminal) shell.stderr.write("\r\u001b[K");
  }
}

function startError(shell: Shell, error: unknown, dryRun: boolean): unknown {
  const { aborted } = shell.interrupted;
  if (!(error instanceof CliError) || (!aborted && !isUnanswered(error))) return error;
  const code = aborted ? "interrupted" : error.code;
  const message = aborted ? "interrupted before the server had answered" : error.message;
  if (dryRun) return failure(code, message, { cause: error });
  const [list, cancel] = [ownCommand(shell, "replay --list"), ownCommand(shell, "replay --cancel <id>")];
  // A proxy can hide the end of the connection from the server, and an older server does not notice it.
  const next = `the replay may still start: ${list} shows it, ${cancel} cancels it`;
  return failure(code, `${message}; ${next}`, { cause: error });
}

/** Returns whether an error leaves open what the server did. */
function isUnanswered({ code, temporary }: CliError): boolean {
  return temporary && ["timeout", "bad_answer", "http_504"].includes(code);
}
