import type { RecheckSelection } from "@sessionhook/ingest";

/** Paths are part of addresses; a longer one can be rechecked only with all others. */
export const maxPathLength = 500;

/** Reads the selection of a recheck from an address or a form. */
export function readSelection(get: (name: string) => string | undefined): RecheckSelection {
  const status = get("status") === "unrecognized" ? "unrecognized" : "quarantined";
  const path = get("path");
  return { status, path: status === "quarantined" ? path?.slice(0, maxPathLength) : undefined };
}

/** Longest position of a store. */
const maxPositionLength = 512;

/** Reads the position where a recheck continues; undefined where it begins with the oldest event. */
export function readPosition(get: (name: string) => string | undefined): string | undefined {
  const after = get("after") ?? "";
  return after === "" ? undefined : after.slice(0, maxPositionLength);
}

/**
 * Returns the path of the page that shows the effect of a recheck.
 * @param after the position where it continues
 */
export function recheckPath({ status, path }: RecheckSelection, after?: string): string {
  const query = new URLSearchParams(path === undefined ? {} : { path: path.toWellFormed() });
  if (status !== "quarantined") query.set("status", status);
  if (after !== undefined) query.set("after", after);
  const text = query.toString();
  return text === "" ? "/quarantine/recheck" : `/quarantine/recheck?${text}`;
}

/** Returns the fields of the form that runs a recheck. */
export function selectionFields(
  { status, path }: RecheckSelection,
  after: string | undefined,
): Readonly<Record<string, string>> {
  return { status, ...(path === undefined ? {} : { path }), ...(after === undefined ? {} : { after }) };
}
