import { type ApiOptions, callJson, type Query } from "./admin-api.js";
import { numberOf, rowsOf } from "./cells.js";
import type { Shell } from "./shell.js";

/** A row of a list, which can contain anything. */
export type Row = Readonly<Record<string, unknown>>;

export interface PartOfList {
  readonly rows: readonly Row[];
  /** The rest of the list; undefined at its end. */
  readonly cursor: string | undefined;
}

/** After this time a search ends, with the cursor to continue, in milliseconds. */
const longestSearchMs = 60_000;

/**
 * Reads rows of a list of the API. The server examines a bounded number of rows for each page, so that a page can be short or
 * empty before the last one: follows the cursor until there are `limit` rows, for a minute at most or until an interrupt.
 * @param name name of the list in the API
 */
export async function readList(
  shell: Shell,
  options: ApiOptions,
  name: string,
  query: Query,
  limit: number,
): Promise<PartOfList> {
  const end = shell.now() + longestSearchMs;
  const rows: Row[] = [];
  let cursor: string | undefined;
  let searched = false;
  const show = (text: string) => {
    if (shell.stderr.isTTY === true) shell.stderr.write(`\r\u001b[K${text}`);
  };
  try {
    for (let at = query; ; at = { ...query, cursor }) {
      const { fields } = await callJson(shell, options, "GET", `api/${name}`, {
        ...at,
        limit: limit - rows.length,
      });
      rows.push(...rowsOf(fields[name]));
      const next = typeof fields["nextCursor"] === "string" ? fields["nextCursor"] : undefined;
      const again = next === at["cursor"];
      cursor = next;
      if (next === undefined || again || rows.length >= limit || shell.now() >= end) break;
      if (at === query) shell.handleInterrupt();
      searched = true;
      show(`Searching, ${numberOf(rows.length, "row")} found; Ctrl-C stops`);
    }
  } catch (error) {
    if (!shell.interrupted.aborted) throw error;
    shell.fail();
  } finally {
    if (searched) show("");
  }
  return { rows, cursor };
}
