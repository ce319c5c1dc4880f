import { type EventStatus, eventStatuses } from "@sessionhook/core";

/** Filter and page of the list, from the query of its address. */
export interface ListFilter {
  readonly status?: EventStatus | undefined;
  /** Message id or the beginning of one. */
  readonly q?: string | undefined;
  readonly cursor?: string | undefined;
}

/** Reads the filter from query parameters. An unknown status selects all; quotes, spaces and invisible characters around a pasted id are removed. */
export function readListFilter(query: Readonly<Record<string, string>>): ListFilter {
  const q = (query.q ?? "")
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, "")
    .trim()
    .replaceAll(/^["'`]+|["'`,;]+$/g, "");
  return {
    status: eventStatuses.find((status) => status === query.status),
    q: q === "" ? undefined : q,
    cursor: query.cursor === "" ? undefined : query.cursor,
  };
}

/** Returns the path of the list with this filter. */
export function listPath(filter: ListFilter): string {
  const query = new URLSearchParams();
  for (const name of ["status", "q", "cursor"] as const) {
    const value = filter[name];
    if (value !== undefined) query.set(name, value);
  }
  const text = query.toString();
  return text === "" ? "/" : `/?${text}`;
}

/** Returns the path of an event, of one of its versions, or of a file of either: its body or its signed headers. */
export function eventPath(
  event: { readonly id: string; readonly version: number },
  options: { readonly file?: "raw" | "headers"; readonly expandAll?: boolean } = {},
): string {
  const query = new URLSearchParams();
  if (event.version !== 1) query.set("version", String(event.version));
  if (options.expandAll === true) query.set("tree", "open");
  const text = query.toString();
  const path = `/events/${encodeURIComponent(event.id.toWellFormed())}${options.file === undefined ? "" : `/${options.file}`}`;
  return text === "" ? path : `${path}?${text}`;
}
