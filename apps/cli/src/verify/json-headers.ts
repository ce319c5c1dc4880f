import { usageError } from "../cli-error.js";

export type HeaderPair = readonly [name: string, value: string];

/**
 * Finds the headers in a JSON document: an object of names and values, a list of pairs (`{name, value}`, `[name, value]` or
 * alternating, as Node's rawHeaders), an object with `headers` in it, or a HAR file.
 * @throws CliError for anything else
 */
export function jsonHeaders(document: unknown, file: string): HeaderPair[] {
  const entries = harEntries(document);
  if (entries !== undefined) return harHeaders(entries, file);
  if (Array.isArray(document)) return listed(document, file);
  if (!isRecord(document)) throw refused(file);
  const { headers, request } = document;
  if (typeof headers === "object" && headers !== null) return jsonHeaders(headers, file);
  if (isRecord(request)) return jsonHeaders(request, file);
  return Object.entries(document).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((item) => pair(name, item)),
  );
}

function listed(list: readonly unknown[], file: string): HeaderPair[] {
  if (list.length > 0 && list.length % 2 === 0 && list.every((item) => typeof item === "string"))
    return list.flatMap((name, i) => (i % 2 === 0 ? [[name, list[i + 1] as string] as const] : []));
  return list.flatMap((item) => {
    const [name, value] = Array.isArray(item)
      ? (item as unknown[])
      : isRecord(item)
        ? [item["name"], item["value"]]
        : [];
    if (typeof name !== "string") throw refused(file);
    return pair(name, value);
  });
}

/** Returns the requests of an HTTP archive (HAR 1.2). */
function harEntries(document: unknown): readonly unknown[] | undefined {
  const log = isRecord(document) ? document["log"] : undefined;
  const entries = isRecord(log) ? log["entries"] : undefined;
  return Array.isArray(entries) ? (entries as unknown[]) : undefined;
}

function harHeaders(entries: readonly unknown[], file: string): HeaderPair[] {
  const signed = entries
    .map((entry) => jsonHeaders(entry, file))
    .filter((pairs) => pairs.some(([name]) => /^(?:webhook|svix)-signature$/i.test(name)));
  const [only, ...others] = signed;
  if (only !== undefined && others.length === 0) return only;
  throw usageError(
    only === undefined
      ? `No request in ${file} has a webhook-signature header`
      : `${file} contains ${signed.length} signed requests; remove all but the one to verify`,
  );
}

/** Ignores values that are not strings or numbers. */
function pair(name: string, value: unknown): HeaderPair[] {
  return typeof value === "string" || typeof value === "number" ? [[name, String(value)]] : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refused(file: string) {
  return usageError(`${file} must contain a JSON object of header names and values, or a list of pairs`);
}
