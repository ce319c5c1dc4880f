import {
  type DeliveryState,
  deliveryStates,
  type EventStatus,
  eventStatuses,
  type ReplayKind,
} from "@sessionhook/core";

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
  return text === "" ? "/events" : `/events?${text}`;
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

/** Returns the path of a form of an event. */
export function eventForm(id: string, form: "recheck" | "replay"): string {
  return `/events/${segment(id)}/${form}`;
}

/** Returns the name of the field that chooses a destination. */
export function destinationField(name: string): string {
  return `to:${name.toWellFormed()}`;
}

/** Filter and page of the list of deliveries: part of its address. */
export interface DeliveryListFilter {
  readonly destination?: string | undefined;
  readonly state?: DeliveryState | undefined;
  readonly event?: string | undefined;
  readonly replay?: string | undefined;
  readonly cursor?: string | undefined;
}

const filterNames = ["destination", "state", "event", "replay", "cursor"] as const;

/** Reads the filter from query parameters. Unknown states count as all. */
export function readDeliveryFilter(query: Readonly<Record<string, string>>): DeliveryListFilter {
  const text = (name: string) => (query[name] === "" ? undefined : query[name]);
  return {
    destination: text("destination"),
    state: deliveryStates.find((state) => state === query["state"]),
    event: text("event"),
    replay: text("replay"),
    cursor: text("cursor"),
  };
}

/** The address of the list of deliveries with this filter. */
export function deliveryListPath(filter: DeliveryListFilter): string {
  const query = new URLSearchParams();
  for (const name of filterNames) {
    const value = filter[name];
    if (value !== undefined) query.set(name, value);
  }
  const text = query.toString();
  return text === "" ? "/deliveries" : `/deliveries?${text}`;
}

/** The address of a delivery, or of its form. */
export function deliveryPath(id: string, form?: "retry"): string {
  return `/deliveries/${segment(id)}${form === undefined ? "" : `/${form}`}`;
}

/** The address of a destination on its page. */
export function destinationPath(name: string): string {
  return `/destinations#${destinationAnchor(name)}`;
}

export function destinationAnchor(name: string): string {
  return `destination-${segment(name)}`;
}

/** The address of a form of a destination. */
export function destinationForm(
  name: string,
  form: "pause" | "resume" | "test" | "replay" | "discard",
): string {
  return `/destinations/${segment(name)}/${form}`;
}

/** The address of the page that shows what a replay would send. */
export function replayPreviewPath(name: string, kind: ReplayKind): string {
  const path = destinationForm(name, "replay");
  return kind === "failed" ? path : `${path}?kind=${kind}`;
}

/** The address of a replay, or of its form. */
export function replayPath(id: string, form?: "cancel"): string {
  return `/replays/${segment(id)}${form === undefined ? "" : `/${form}`}`;
}

/** The address of a session. */
export function sessionPath(id: string): string {
  return `/sessions/${segment(id)}`;
}

/** The address of a person, and of a page of their visits. */
export function personPath(key: string, cursor?: string): string {
  return `/people?${keyQuery(key, cursor)}`;
}

/** The address of a company, and of a page of its visits. */
export function companyPath(key: string, cursor?: string): string {
  return `/companies?${keyQuery(key, cursor)}`;
}

/**
 * Many keys contain a URL. They are in the query, because proxies decode and merge slashes in a path, or refuse `%2F` there. In
 * a query, slashes and colons need no escape.
 */
function keyQuery(key: string, cursor: string | undefined): string {
  const query = new URLSearchParams({ key: key.toWellFormed() });
  if (cursor !== undefined) query.set("cursor", cursor);
  return query.toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
}

function segment(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}
