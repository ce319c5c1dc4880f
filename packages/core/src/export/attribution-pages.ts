import type { AttributionTable } from "../ports/fact-store.js";
import type { ExportedAttribution } from "./tables.js";

/** Yields the rows of a table of attribution as one page to export; the sum of the values left out is the last row. */
export async function* attributionPages({
  rows,
  others,
}: AttributionTable): AsyncGenerator<readonly ExportedAttribution[], undefined> {
  const listed = rows.map(({ value, ...counts }) => ({ value, values: 1, ...counts }));
  yield others === null ? listed : [...listed, { value: null, ...others }];
}
