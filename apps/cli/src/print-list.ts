import { type ApiOptions, callJson, type Query } from "./admin-api.js";
import { readList, type Row } from "./read-list.js";
import { harmless, print, printJsonText, type Shell, table } from "./shell.js";

export interface ListOptions extends ApiOptions {
  readonly limit: number;
  readonly cursor?: string;
  readonly json?: true;
}

/** Part of the help of lists that select rows. */
export const shortPagesHelp = `
--json prints one page of the server. It can be short or empty before the end of the list: continue with its nextCursor.
`;

/**
 * Prints rows of a list of the API, and the cursor of the rest; with `--json`, one page of the server, unchanged.
 * @param name name of the list in the API
 * @param columns headings, each with the cell of a row
 */
export async function printList(
  shell: Shell,
  options: ListOptions,
  name: "events" | "deliveries" | "replays" | "sessions" | "people" | "companies",
  selection: Query,
  columns: Readonly<Record<string, (row: Row) => string>>,
): Promise<void> {
  const query = { ...selection, limit: options.limit, cursor: options.cursor };
  if (options.json === true)
    return printJsonText(shell, (await callJson(shell, options, "GET", `api/${name}`, query)).text);
  const { rows, cursor } = await readList(shell, options, name, query, options.limit);
  const cells = Object.values(columns);
  if (rows.length > 0)
    print(shell, table([Object.keys(columns), ...rows.map((row) => cells.map((cell) => cell(row)))]));
  else shell.stderr.write(cursor === undefined ? `no ${name}\n` : `no ${name} found so far\n`);
  if (cursor !== undefined) shell.stderr.write(`more: --cursor ${harmless(cursor)}\n`);
}
