import { callJson } from "../admin-api.js";
import { rowsOf } from "../cells.js";
import { harmless, print, printJsonText, type Shell, table } from "../shell.js";
import { type VisitListOptions, visitQuery } from "./options.js";

type Row = Readonly<Record<string, unknown>>;

/**
 * Prints a page of a list.
 * @param name name of the list in the API
 * @param columns headings, each with the cell of a row
 */
export async function listVisits(
  shell: Shell,
  options: VisitListOptions,
  name: "sessions" | "people" | "companies",
  columns: Readonly<Record<string, (row: Row) => string>>,
): Promise<void> {
  const { limit, cursor } = options;
  const query = { ...visitQuery(options, shell.now()), limit, cursor };
  const { text, fields: page } = await callJson(shell, options, "GET", `api/${name}`, query);
  if (options.json === true) return printJsonText(shell, text);
  const rows = rowsOf(page[name]);
  const cells = Object.values(columns);
  if (rows.length === 0) shell.stderr.write(`no ${name}\n`);
  else print(shell, table([Object.keys(columns), ...rows.map((row) => cells.map((cell) => cell(row)))]));
  // A search can end at a limit before it has found anything.
  if (typeof page["nextCursor"] === "string")
    shell.stderr.write(`more: --cursor ${harmless(page["nextCursor"])}\n`);
}
