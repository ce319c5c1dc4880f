import type { ExportFormat } from "@sessionhook/core/export";
import { pathWith, type Query } from "./query.js";

export type ExportedList = "sessions" | "people" | "companies";

/** Returns the path of the file of everything that a filter selects. */
export function exportPath(list: ExportedList, format: ExportFormat, filter: Query): string {
  return pathWith(`/${list}.${format}`, { ...filter, cursor: undefined });
}
