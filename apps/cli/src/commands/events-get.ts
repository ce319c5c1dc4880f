import { type Command, Option } from "commander";
import { type ApiOptions, callBytes, callJson, eventPath } from "../admin-api.js";
import { httpUrl } from "../option-parsers.js";
import { harmless, print, printJson, type Shell, table } from "../shell.js";

interface GetOptions extends ApiOptions {
  readonly raw?: true;
  readonly json?: true;
}

const help = `
Environment: HOST, PORT, SESSIONHOOK_ADMIN_TOKEN; else the token the server made at its first start.

Examples:
  $ sessionhook events get evt_01KH5HM09WTF6DOE8K2H6DG2RI
  $ sessionhook events get evt_01KH5HM09WTF6DOE8K2H6DG2RI --raw > body.json`;

/** `sessionhook events get`: shows one stored event. */
export function addEventsGet(events: Command, shell: Shell): void {
  events
    .command("get")
    .description("Show one stored event.")
    .argument("<id>", "message id")
    .addOption(new Option("--raw", "write the body exactly as received, and nothing else").conflicts("json"))
    .option("--url <url>", "base URL of the server (default: from HOST and PORT)", httpUrl)
    .option("--token <token>", "admin token (default: SESSIONHOOK_ADMIN_TOKEN)")
    .option("--json", "print the answer of the server as one JSON document")
    .addHelpText("after", help)
    .action((id: string, options: GetOptions) => get(shell, id, options));
}

async function get(shell: Shell, id: string, options: GetOptions): Promise<void> {
  if (options.raw === true) {
    shell.stdout.write(await callBytes(shell, options, "GET", eventPath(id, "/raw")));
    return;
  }
  const event = await callJson(shell, options, "GET", eventPath(id));
  if (options.json === true) return printJson(shell, event);
  const simple = Object.entries(event).filter(([, value]) => typeof value !== "object" || value === null);
  const parts = Object.entries(event).filter(([, value]) => typeof value === "object" && value !== null);
  print(shell, table(simple.map(([name, value]) => [name, harmless(shown(name, value))])));
  for (const [name, value] of parts) {
    if (Array.isArray(value) && value.length === 0) continue;
    // JSON escapes control characters, so only marks that change the text direction must be removed.
    const lines = JSON.stringify(value, null, 2).split("\n");
    print(shell, `\n${harmless(name)}\n${lines.map(harmless).join("\n")}`);
  }
}

function shown(name: string, value: unknown): string {
  const instant = name === "receivedAt" && typeof value === "number" ? new Date(value) : undefined;
  const readable =
    instant === undefined || Number.isNaN(instant.getTime()) ? "" : ` (${instant.toISOString()})`;
  return value === null ? "-" : `${String(value)}${readable}`;
}
