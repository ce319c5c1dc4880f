/** Exports of lists as CSV and NDJSON, for the API and for pages. */
export { type ExportFormat, type ExportOptions, exportRows } from "./export/export-rows.js";
export { bodyOf, type ExportedBody } from "./export/body-of.js";
export { attributionPages } from "./export/attribution-pages.js";
export { allPages } from "./export/pages.js";
export {
  attributionTable,
  companyTable,
  eventTable,
  type ExportedAttribution,
  type ExportTable,
  personTable,
  sessionTable,
} from "./export/tables.js";
