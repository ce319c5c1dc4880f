import { attributionKeys } from "@sessionhook/core";
import { defaultPageSize, maxPageSize } from "@sessionhook/core/limits";
import { type Command, Option } from "commander";
import { type ApiOptions, callJson } from "../admin-api.js";
import { usageError } from "../cli-error.js";
import { cell, fieldsOf, rowsOf } from "../cells.js";
import { addServerOptions, environmentHelp } from "../feed/options.js";
import { integer } from "../option-parsers.js";
import { print, printJsonText, type Shell, table } from "../shell.js";
import { withoutValue } from "../visits/without-value.js";
import { exportVisits, type Format, formatOption, outputOption } from "../visits/export.js";
import { addRangeOptions } from "../visits/options.js";

interface AttributionOptions extends ApiOptions {
  readonly model: string;
  readonly by: string;
  readonly since?: (now: number) => number;
  readonly until?: (now: number) => number;
  readonly limit: number;
  readonly format?: Format;
  readonly output?: string;
  readonly json?: true;
}

const help = `
People and companies count for the origin of their first (--model first, the default) or last session. Sessions of bots do
not count. The inbox shows the first by default.
${environmentHelp}

Examples:
  $ sessionhook attribution --since 30d
  $ sessionhook attribution --model last --by campaign --format csv --output campaigns.csv`;

/** `sessionhook attribution`: counts sessions, people and companies by origin. */
export function addAttribution(program: Command, shell: Shell): void {
  const command = program
    .command("attribution")
    .description("Count sessions, identified people and companies by where they came from.")
    .addOption(
      new Option("--model <model>", "which touch counts").choices(["first", "last"]).default("first"),
    )
    .addOption(
      new Option("--by <part>", "part of the origin to count by").choices(attributionKeys).default("source"),
    );
  addServerOptions(addRangeOptions(command))
    .option("--limit <n>", "maximum number of values", integer(1, maxPageSize), defaultPageSize)
    .addOption(formatOption())
    .addOption(outputOption())
    .addOption(
      new Option("--json", "print the answer of the server as one JSON document").conflicts([
        "format",
        "output",
      ]),
    )
    .addHelpText("after", help)
    .action((options: AttributionOptions) => attribution(shell, options));
}

async function attribution(shell: Shell, options: AttributionOptions): Promise<void> {
  const { model, by, since, until, limit, format } = options;
  if (options.output !== undefined && format === undefined)
    throw usageError("--output needs --format csv or --format ndjson");
  const now = shell.now();
  const query = { model, by, from: since?.(now), to: until?.(now), limit };
  if (format !== undefined) return exportVisits(shell, options, "api/attribution", query, format);
  const { text, fields } = await callJson(shell, options, "GET", "api/attribution", query);
  if (options.json === true) return printJsonText(shell, text);
  const counts = (row: Readonly<Record<string, unknown>>) => [
    cell(row["sessions"]),
    cell(row["people"]),
    cell(row["companies"]),
  ];
  const others = fields["others"] === null ? [] : [fieldsOf(fields["others"])];
  print(
    shell,
    table([
      ["sessions", "people", "companies", by],
      ...rowsOf(fields["rows"]).map((row) => [
        ...counts(row),
        row["value"] === null ? withoutValue(by) : cell(row["value"]),
      ]),
      ...others.map((row) => [...counts(row), `(${cell(row["values"])} others)`]),
      [...counts(fieldsOf(fields["total"])), "(total)"],
    ]),
  );
  const [shown, other] = model === "last" ? ["last", "first"] : ["first", "last"];
  print(
    shell,
    `\nPeople and companies count for the origin of their ${shown} session (--model ${other}: of their ${other}).`,
  );
}
