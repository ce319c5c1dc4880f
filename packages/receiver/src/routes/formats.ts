import { type ExportFormat, exportRows, type ExportTable } from "@sessionhook/core/export";
import { describeError, log } from "@sessionhook/ingest";
import type { Context } from "hono";
import { accepts } from "hono/accepts";
import * as z from "zod/mini";
import { oneOf } from "./query.js";

/** The parameter for links, which cannot send `Accept`. */
export const formatQuery = { format: z.optional(oneOf(["json", "csv", "ndjson"])) };

const formats = {
  "application/json": undefined,
  "text/csv": "csv",
  "application/x-ndjson": "ndjson",
} as const;

/** Returns the format of an export that the client wants; undefined for a page of JSON. */
export function exportFormat(
  c: Context,
  given: "json" | "csv" | "ndjson" | undefined,
): ExportFormat | undefined {
  if (given !== undefined) return given === "json" ? undefined : given;
  const type = accepts(c, {
    header: "Accept",
    supports: Object.keys(formats),
    default: "application/json",
  });
  return formats[type as keyof typeof formats];
}

/** Responds with all rows as CSV or NDJSON. */
export function exportResponse<Row>(
  c: Context,
  table: ExportTable<Row>,
  format: ExportFormat,
  pages: AsyncIterable<readonly Row[]>,
  now: number,
): Promise<Response> {
  const { breakOff } = (c.env ?? {}) as { readonly breakOff?: (() => void) | undefined };
  return exportRows(table, format, pages, {
    now,
    breakOff,
    onFailure: (error) => log.error("an export failed midway", describeError(error)),
  });
}
