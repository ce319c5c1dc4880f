import { usageError } from "../cli-error.js";
import { type HeaderPair, jsonHeaders } from "./json-headers.js";

export type Headers = Readonly<Record<string, readonly string[]>>;

/**
 * Reads captured headers: a JSON object or list, a HAR file, or lines of text (`Name: value`, as an HTTP request, or as
 * `curl -v` prints it).
 * @param name the name of the file in messages
 * @throws CliError for anything else
 */
export function readHeaders(bytes: Uint8Array, name: string): Headers {
  const text = decode(bytes);
  const headers: Record<string, string[]> = {};
  for (const [header, value] of jsonOf(text, name) ?? linesOf(text, name)) {
    const values = (headers[header.toLowerCase()] ??= []);
    if (!values.includes(value)) values.push(value);
  }
  return headers;
}

/** Decodes UTF-8, or UTF-16 with a byte order mark, as PowerShell writes it. */
function decode(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(utf16 ? "utf-16le" : "utf-8").decode(bytes);
}

function jsonOf(text: string, name: string): HeaderPair[] | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw usageError(`${name} is not JSON`);
  }
  if (Array.isArray(value) && value.length === 0) throw usageError(`${name} is an empty list`);
  return jsonHeaders(value, name);
}

/** Reads `Name: value` lines: of the output of `curl -v` those of the request (`> `), of an HTTP request those before its body. */
function linesOf(text: string, file: string): HeaderPair[] {
  const all = text.split(/\r?\n/);
  const sent = all.filter((line) => line.startsWith(">")).map((line) => line.slice(1).trimStart());
  const lines = sent.length > 0 ? sent : all;
  const pairs: HeaderPair[] = [];
  for (const line of lines) {
    const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) pairs.push([name, value]);
    else if (line.trim() === "" && pairs.length > 0 && sent.length === 0) break;
  }
  if (pairs.length > 0) return pairs;
  throw usageError(`${file} is not JSON, and no line of it is a header such as "webhook-id: evt_…"`);
}
