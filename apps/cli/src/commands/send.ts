import { ConfigurationError, type EventType, eventTypes } from "@sessionhook/core";
import { type Command, Option } from "commander";
import { secretError, secretOptions, signingSecret } from "../credentials.js";
import { readInput } from "../input.js";
import { httpUrl, integer, rate } from "../option-parsers.js";
import { endpointUrl } from "../server-address.js";
import type { Outcome } from "../send/send-message.js";
import { fileMessages, simulatedMessages } from "../send/messages.js";
import { printOutcome, printSummary, printSummaryJson, retryNotice, showProgress } from "../send/report.js";
import { run } from "../send/run.js";
import { Tally } from "../send/tally.js";
import type { Shell } from "../shell.js";

interface SendOptions {
  readonly url?: URL;
  readonly secret?: string;
  readonly file?: string;
  readonly count: number;
  readonly rate: number;
  readonly type: EventType;
  readonly variant?: "invalid" | "unrecognized";
  readonly seed?: number;
  readonly concurrency: number;
  readonly json?: true;
}

const help = `
Without --file every run sends new, realistic events. With --seed, every run with the same seed sends the same ids and
bytes, on any day: the second run gives duplicates.
After an answer of 503, send retries when its Retry-After has passed, up to five attempts in all; when ten events in a row and one
for each concurrent request have failed that way, it stops.
Exit code: 0 all events were acknowledged (2xx); 1 one was not, or Ctrl-C came first; 2 wrong usage.
A secret given with --secret is visible in the list of processes; SESSIONHOOK_SECRETS is not.

Environment: HOST, PORT, SESSIONHOOK_BASE_PATH, SESSIONHOOK_SECRETS, SESSIONHOOK_SECRET_ENCODING,
SESSIONHOOK_ALLOW_SHORT_SECRETS; else the secret that the server created at its first start (credentials.json in its data folder).

Examples:
  $ sessionhook send
  $ sessionhook send --count 500 --rate 50/s
  $ sessionhook send --type identity.enriched --variant invalid
  $ sessionhook send --file payload.json --url https://hooks.example.com/webhooks
  $ sessionhook send --count 20 --seed 7 --json`;

/** `sessionhook send`: signs events and posts them to an endpoint. */
export function addSend(program: Command, shell: Shell): void {
  program
    .command("send")
    .description("Sign events and post them to an endpoint.")
    .option("--url <url>", "endpoint; the default path is /webhooks (default: from HOST and PORT)", httpUrl)
    .option("--secret <secret>", "signing secret, whsec_… or whsk_… (default: SESSIONHOOK_SECRETS)")
    .addOption(
      new Option("--file <path>", "send these bytes unchanged; - reads standard input").conflicts([
        "type",
        "seed",
        "variant",
      ]),
    )
    .option("--count <n>", "number of events", integer(1, 1_000_000_000), 1)
    .addOption(
      new Option("--rate <n/s>", "maximum events per second, evenly spaced")
        .argParser(rate)
        .default(Number.POSITIVE_INFINITY, "no limit"),
    )
    .addOption(new Option("--type <type>", "event type").choices(eventTypes).default(eventTypes[0]))
    .addOption(
      new Option("--variant <variant>", "send invalid variants or unknown event types").choices([
        "invalid",
        "unrecognized",
      ] as const),
    )
    .option("--seed <n>", "repeat the events of this seed", integer(0, Number.MAX_SAFE_INTEGER))
    .option("--concurrency <n>", "maximum number of concurrent requests", integer(1, 1000), 8)
    .option("--json", "print one JSON document")
    .addHelpText("after", help)
    .action((options: SendOptions) => send(shell, options));
}

async function send(shell: Shell, options: SendOptions): Promise<void> {
  const secret = await signingSecret(shell, options.secret);
  const url = endpointUrl(shell, options.url);
  const target = {
    url,
    secret,
    ...secretOptions(shell),
    now: shell.now,
    interrupted: shell.interrupted,
    onRetry: retryNotice(shell),
  };
  const next = await messages(shell, options);
  shell.handleInterrupt();
  const { count, concurrency, rate } = options;
  const tally = new Tally();
  const single = count === 1 && options.json !== true;
  const endProgress = single ? () => undefined : showProgress(shell, tally, count);
  let onlyOutcome: Outcome | undefined;
  try {
    await run({
      shell,
      target,
      next,
      count,
      concurrency,
      rate,
      tally,
      onOutcome: (outcome) => {
        onlyOutcome = outcome;
      },
    });
  } catch (error) {
    if (ConfigurationError.isInstance(error)) throw secretError(error);
    throw error;
  } finally {
    endProgress();
  }
  if (options.json === true) printSummaryJson(shell, tally, count, url);
  else if (single && onlyOutcome !== undefined) printOutcome(shell, onlyOutcome);
  else printSummary(shell, tally, count);
  if (tally.acknowledged < count) shell.fail();
}

async function messages(shell: Shell, options: SendOptions) {
  if (options.file !== undefined) {
    return fileMessages(new Uint8Array(await readInput(shell, options.file)));
  }
  return simulatedMessages(options.seed, shell.now(), options.type, options.variant);
}
