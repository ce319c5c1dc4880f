import { exportPath, type ExportedList } from "../visits/export-path.js";
import type { Query } from "../visits/query.js";
import { Link } from "./link.js";

interface ExportLinksProps {
  readonly list: ExportedList;
  readonly filter: Query;
}

/** Renders links to CSV and NDJSON files of all rows that a filter selects, not only of those on this page. */
export function ExportLinks({ list, filter }: ExportLinksProps) {
  return (
    <p class="export-links">
      <span aria-hidden="true">Download</span>
      {(["csv", "ndjson"] as const).map((format) => (
        <Link to={exportPath(list, format, filter)}>
          <span class="visually-hidden">Download all as </span>
          {format.toUpperCase()}
        </Link>
      ))}
    </p>
  );
}
