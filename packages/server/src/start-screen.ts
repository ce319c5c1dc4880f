import { relative } from "node:path";
import { commandLine } from "./local-address.js";

export interface StartScreen {
  /** The origin of the app as seen from this machine, such as `http://127.0.0.1:8787`. */
  readonly origin: string;
  /** Without a slash at its end; empty for the root. */
  readonly basePath: string;
  /** Path of a one-time sign-in link; undefined where others could read it, as in the log of a service. */
  readonly loginPath: string | undefined;
  readonly store: string;
  /** Names of the destinations. */
  readonly destinations: readonly string[];
  /** Time for which events are stored; undefined: for ever. */
  readonly retention: string | undefined;
  /** The credentials file, if the app generated one. */
  readonly credentialsFile: string | undefined;
  readonly credentialsCreated: boolean;
  /** Setting with the signing secret; undefined if it was generated at the first start. */
  readonly secretSetting: string | undefined;
  /** Setting with the admin token; undefined if it was generated. */
  readonly tokenSetting: string | undefined;
  /** Settings that the CLI also needs to reach this app. */
  readonly cliEnvironment: Readonly<Record<string, string>>;
  /** Warnings for the operator although the app runs. */
  readonly warnings: readonly string[];
}

const shownNames = 6;
const byToken = "(sign in with the admin token; on a terminal, a link that signs you in is printed here)";

/** Renders what the start prints: where things are and what to do next. */
export function renderStartScreen(screen: StartScreen): string {
  const file = screen.credentialsFile === undefined ? undefined : relative(".", screen.credentialsFile);
  const cli = commandLine(screen.cliEnvironment);
  const rows: [string, string][] = [
    ["Endpoint", `${screen.origin}${screen.basePath}/webhooks`],
    ["Inbox", `${screen.origin}${screen.loginPath ?? `${screen.basePath}/`}`],
    ["", screen.loginPath === undefined ? byToken : "(this link signs you in once, within 15 minutes)"],
    ["Events", screen.store === "memory:" ? "in memory only: gone when this stops" : screen.store],
  ];
  if (screen.destinations.length > 0) rows.push(["Delivers to", listed(screen.destinations)]);
  if (screen.retention !== undefined) rows.push(["Deletes", `events after ${screen.retention}`]);
  if (file !== undefined) {
    rows.push([
      "Credentials",
      `${file} (${screen.credentialsCreated ? "made now, " : ""}readable by you alone)`,
    ]);
  }
  for (const warning of screen.warnings) rows.push(["Warning", warning]);
  return [
    "",
    "  Sessionhook is listening.",
    "",
    ...rows.map(([label, value]) => `  ${label.padEnd(12)} ${value}`),
    "",
    "  Next, in a second terminal, send a signed sample event and look at it:",
    "",
    `    ${cli} send`,
    `    ${cli} events list`,
    "",
    ...needed(screen).map((line) => `  ${line}`),
    "",
    "",
  ].join("\n");
}

/** Returns what the commands and real events need. */
function needed({ secretSetting, tokenSetting }: StartScreen): string[] {
  const lines: string[] = [];
  if (secretSetting !== undefined && tokenSetting !== undefined)
    lines.push(`These commands need the same ${secretSetting} and ${tokenSetting} in their environment.`);
  else if (tokenSetting !== undefined)
    lines.push(`The second command needs the same ${tokenSetting} in its environment.`);
  else if (secretSetting !== undefined)
    lines.push(`The first command needs the same ${secretSetting} in its environment.`);
  if (secretSetting === undefined)
    lines.push(
      "For real events, start with the provider's secret in SESSIONHOOK_SECRETS and point it at the endpoint.",
    );
  return lines;
}

function listed(names: readonly string[]): string {
  const [shown, more] = [names.slice(0, shownNames), names.length - shownNames];
  return more > 0 ? `${shown.join(", ")} and ${more} more` : shown.join(", ");
}
