import type { RecheckSelection } from "@sessionhook/ingest";

/** Paths are part of addresses; a longer one can be rechecked only with all others. */
export const maxPathLength = 500;

/** Reads the selection of a recheck from an address or a form. */
export function readSelection(get: (name: string) => string | undefined): RecheckSelection {
  const status = get("status") === "unrecognized" ? "unrecognized" : "quarantined";
  const path = get("path");
  return { status, path: status === "quarantined" ? path?.slice(0, maxPathLength) : undefined };
}

/** Returns the path of the page that shows the effect of a recheck. */
export function recheckPath({ status, path }: RecheckSelection): string {
  const query = new URLSearchParams(path === undefined ? {} : { path: path.toWellFormed() });
  if (status !== "quarantined") query.set("status", status);
  const text = query.toString();
  return text === "" ? "/quarantine/recheck" : `/quarantine/recheck?${text}`;
}

/** Returns the fields of the form that runs a recheck. */
export function selectionFields({ status, path }: RecheckSelection): Readonly<Record<string, string>> {
  return { status, ...(path === undefined ? {} : { path }) };
}
