import {
  ConfigurationError,
  defaultToleranceSeconds,
  noIssues,
  parseEvent,
  SignatureError,
  type VerifiedMessage,
  verifySignature,
} from "@sessionhook/core";
import { type Command, Option } from "commander";
import { usageError } from "../cli-error.js";
import { otherSecrets, secretError, secretOptions, verificationSecrets } from "../credentials.js";
import { readInput } from "../input.js";
import { integer } from "../option-parsers.js";
import { harmless, print, printJson, type Shell, table } from "../shell.js";
import type { Cause } from "../verify/captured.js";
import { findCause } from "../verify/causes.js";
import { readHeaders } from "../verify/headers-file.js";

interface VerifyOptions {
  readonly secret?: readonly string[];
  readonly headers: string;
  readonly tolerance: number;
  readonly ignoreTimestamp?: true;
  readonly json?: true;
}

const help = `
The headers file has webhook-id, webhook-timestamp and webhook-signature (or their svix- names) in any case; other
headers are ignored. It is a JSON object of names and values, lines such as "webhook-id: evt_1", the output of curl -v, or
a HAR file. The body must be the exact bytes received: reformatting it breaks the signature. If the signature does not
match, verify tries the usual causes (a newline at the end, reformatted JSON, a byte order mark, line ends, another
secret or encoding, the clock) and reports the one that explains it.
Exit code: 0 genuine, and accepted or of a type unknown to this version; 1 not genuine, or not valid for its
schema; 2 wrong usage.
A secret given with --secret is visible in the list of processes; SESSIONHOOK_SECRETS is not.

Environment: SESSIONHOOK_SECRETS, SESSIONHOOK_SECRET_ENCODING, SESSIONHOOK_ALLOW_SHORT_SECRETS; else the secret that the server created at its first start.

Examples:
  $ sessionhook verify --secret whsec_… --headers headers.json body.json
  $ sessionhook verify --headers headers.json --ignore-timestamp --json - < body.json`;

/** `sessionhook verify`: checks one captured message. */
export function addVerify(program: Command, shell: Shell): void {
  program
    .command("verify")
    .description("Check the signature and the payload of one message.")
    .argument("<body>", "file with the exact body; - reads standard input")
    .requiredOption(
      "--headers <path>",
      "file with the headers: JSON, lines of text or HAR; - reads standard input",
    )
    .option(
      "--secret <secret>",
      "whsec_… or whpk_…; may be repeated (default: SESSIONHOOK_SECRETS)",
      (secret: string, before: readonly string[] | undefined) => [...(before ?? []), secret],
    )
    .option(
      "--tolerance <seconds>",
      "maximum difference between the timestamp and now",
      integer(0, 1_000_000_000),
      defaultToleranceSeconds,
    )
    .addOption(
      new Option("--ignore-timestamp", "do not check the timestamp: for messages captured earlier").conflicts(
        "tolerance",
      ),
    )
    .option("--json", "print one JSON document")
    .addHelpText("after", help)
    .action((body: string, options: VerifyOptions) => verify(shell, body, options));
}

async function verify(shell: Shell, bodyPath: string, options: VerifyOptions): Promise<void> {
  if (bodyPath === "-" && options.headers === "-") {
    throw usageError("Only one of the headers and the body can come from standard input");
  }
  const headers = readHeaders(await readInput(shell, options.headers), options.headers);
  const body = await readInput(shell, bodyPath);
  const secrets = await verificationSecrets(shell, options.secret);
  const settings = { headers, secrets, ...secretOptions(shell), now: shell.now() };
  let message: VerifiedMessage;
  try {
    const toleranceSeconds = options.ignoreTimestamp === true ? Number.POSITIVE_INFINITY : options.tolerance;
    message = verifySignature(body, { ...settings, toleranceSeconds });
  } catch (error) {
    if (ConfigurationError.isInstance(error)) throw secretError(error);
    if (!SignatureError.isInstance(error)) throw error;
    const elsewhere = options.secret === undefined ? [] : await otherSecrets(shell);
    return refuse(shell, error, findCause({ body, ...settings, elsewhere }, error), options);
  }
  report(shell, message, body, options);
}

function refuse(
  shell: Shell,
  { code, message }: SignatureError,
  cause: Cause | undefined,
  options: VerifyOptions,
): void {
  shell.fail();
  if (options.json === true)
    return printJson(shell, { genuine: false, error: { code, message }, cause: cause ?? null });
  const hint = code.startsWith("timestamp_") ? "; --ignore-timestamp checks the rest" : "";
  print(
    shell,
    table([
      ["genuine", `no, ${code}`],
      ["reason", message + hint],
      ...(cause === undefined ? [] : [["cause", cause.message]]),
    ]),
  );
}

function report(shell: Shell, message: VerifiedMessage, body: Uint8Array, options: VerifyOptions): void {
  const result = parseEvent(body);
  const found =
    result.status === "quarantined"
      ? { ...result, type: null }
      : {
          status: result.status,
          type: result.status === "unrecognized" ? result.type : result.event.type,
          ...noIssues,
        };
  if (found.status === "quarantined") shell.fail();
  const ageSeconds = Math.floor(shell.now() / 1000) - message.timestamp;
  const { id, timestamp, scheme } = message;
  if (options.json === true) {
    const timestampChecked = options.ignoreTimestamp !== true;
    return printJson(shell, { genuine: true, id, timestamp, ageSeconds, timestampChecked, scheme, ...found });
  }
  const age = ageSeconds < 0 ? `${-ageSeconds} s ahead` : `${ageSeconds} s ago`;
  const unchecked = options.ignoreTimestamp === true ? ", not checked" : "";
  print(
    shell,
    table([
      ["genuine", `yes, ${scheme === "v1" ? "v1 (HMAC-SHA256)" : "v1a (ed25519)"}`],
      ["id", id],
      ["timestamp", `${timestamp} (${instant(timestamp)}${age}${unchecked})`],
      ["status", found.status],
      ...(found.type === null ? [] : [["type", harmless(found.type)]]),
      ...found.issues.map((issue) => [
        "issue",
        harmless(`${issue.path === "" ? "body" : issue.path}: ${issue.message}`),
      ]),
      ...(found.total > found.issues.length
        ? [
            [
              "issues",
              `${found.exact ? "" : "at least "}${found.total}, ${found.issues.length} of them listed`,
            ],
          ]
        : []),
    ]),
  );
}

function instant(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? "" : `${date.toISOString().replace(".000Z", "Z")}, `;
}
