import { defaultPageSize } from "@sessionhook/core/limits";
import { type ApiOptions, callJson } from "../admin-api.js";
import { cell, fieldsOf, rowsOf, time } from "../cells.js";
import { harmless, print, printJsonText, type Shell, table } from "../shell.js";
import { destinationsOf } from "./report.js";

interface ListOptions extends ApiOptions {
  readonly limit?: number;
  readonly cursor?: string;
  readonly json?: true;
}

/** Prints a page of the replays, newest first. */
export async function listReplays(shell: Shell, options: ListOptions): Promise<void> {
  const { limit = defaultPageSize, cursor } = options;
  const { text, fields: page } = await callJson(shell, options, "GET", "api/replays", { limit, cursor });
  if (options.json === true) return printJsonText(shell, text);
  const rows = rowsOf(page["replays"]);
  const lines = rows.map((row) => {
    const counts = fieldsOf(row["counts"]);
    return [
      time(row["createdAt"]),
      cell(row["state"]),
      cell(fieldsOf(row["spec"])["kind"]),
      destinationsOf(row),
      cell(row["matched"]),
      cell(counts["delivered"]),
      cell(counts["dead"]),
      cell(row["id"]),
    ];
  });
  if (rows.length === 0) shell.stderr.write("no replays\n");
  else print(shell, table([headings, ...lines]));
  if (typeof page["nextCursor"] === "string")
    shell.stderr.write(`more: --cursor ${harmless(page["nextCursor"])}\n`);
}

const headings = ["started", "state", "kind", "destinations", "created", "delivered", "dead", "id"];
