import {
  ConfigurationError,
  defaultToleranceSeconds,
  parseEvent,
  SignatureError,
  type VerifiedMessage,
  verifySignature,
} from "@sessionhook/core";
import { type Command, Option } from "commander";
import { usageError } from "../cli-error.js";
import { secretEncoding, verificationSecrets } from "../credentials.js";
import { readInput } from "../input.js";
import { integer } from "../option-parsers.js";
import { harmless, print, printJson, type Shell, table } from "../shell.js";

interface VerifyOptions {
  readonly secret?: readonly string[];
  readonly headers: string;
  readonly tolerance: number;
  readonly ignoreTimestamp?: true;
  readonly json?: true;
}

const help = `
The headers file is a JSON object of header names and values, in any case, with webhook-id, webhook-timestamp and
webhook-signature (or their svix- names); other headers do no harm. The body must be the exact bytes received:
formatting it again breaks the signature.
Exit code: 0 genuine, and accepted or of a type unknown to this version; 1 not genuine, or it does not fit
its schema; 2 wrong usage.
A secret given with --secret is visible in the list of processes; SESSIONHOOK_SECRETS is not.

Environment: SESSIONHOOK_SECRETS, SESSIONHOOK_SECRET_ENCODING; else the secret the server made at its first start.

Examples:
  $ sessionhook verify --secret whsec_… --headers headers.json body.json
  $ sessionhook verify --headers headers.json --ignore-timestamp --json - < body.json`;

/** `sessionhook verify`: checks one captured message. */
export function addVerify(program: Command, shell: Shell): void {
  program
    .command("verify")
    .description("Check the signature and the payload of one message.")
    .argument("<body>", "file with the exact body; - reads standard input")
    .requiredOption("--headers <path>", "JSON file with the headers; - reads standard input")
    .option(
      "--secret <secret>",
      "whsec_… or whpk_…; may be repeated (default: SESSIONHOOK_SECRETS)",
      (secret: string, before: readonly string[] | undefined) => [...(before ?? []), secret],
    )
    .option(
      "--tolerance <seconds>",
      "how far the timestamp may lie from now",
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
  let message: VerifiedMessage;
  try {
    message = verifySignature(body, {
      headers,
      secrets,
      secretEncoding: secretEncoding(shell),
      toleranceSeconds: options.ignoreTimestamp === true ? Number.POSITIVE_INFINITY : options.tolerance,
      now: shell.now(),
    });
  } catch (error) {
    if (ConfigurationError.isInstance(error)) throw usageError(error.message);
    if (SignatureError.isInstance(error)) return refuse(shell, error, options);
    throw error;
  }
  report(shell, message, body, options);
}

function refuse(shell: Shell, error: SignatureError, options: VerifyOptions): void {
  shell.fail();
  const { code, message } = error;
  if (options.json === true) return printJson(shell, { genuine: false, error: { code, message } });
  const hint = code.startsWith("timestamp_") ? "; --ignore-timestamp checks the rest" : "";
  print(
    shell,
    table([
      ["genuine", `no, ${code}`],
      ["reason", message + hint],
    ]),
  );
}

function report(shell: Shell, message: VerifiedMessage, body: Uint8Array, options: VerifyOptions): void {
  const result = parseEvent(body);
  const found =
    result.status === "quarantined"
      ? { status: result.status, type: null, issues: result.issues }
      : {
          status: result.status,
          type: result.status === "unrecognized" ? result.type : result.event.type,
          issues: [],
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
    ]),
  );
}

function instant(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? "" : `${date.toISOString().replace(".000Z", "Z")}, `;
}

function readHeaders(bytes: Uint8Array, path: string): Record<string, string | string[]> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw usageError(`${path} is not JSON`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw usageError(`${path} must hold a JSON object of header names and values`);
  }
  const text = (item: unknown) => (typeof item === "number" ? String(item) : (item as string));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, Array.isArray(item) ? item.map(text) : text(item)]),
  );
}
