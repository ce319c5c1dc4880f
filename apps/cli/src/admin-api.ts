import { CliError, failure, usageError } from "./cli-error.js";
import { adminToken } from "./credentials.js";
import { codeOf, jsonFields, limitedText, problemLines } from "./http.js";
import { apiUrl } from "./server-address.js";
import type { Shell } from "./shell.js";
import { unreachable } from "./unreachable.js";

export interface ApiOptions {
  readonly url?: URL;
  readonly token?: string;
}

const timeoutMs = 30_000;

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** The type of an export, and a signal in place of the time limit. */
interface ExportRequest {
  readonly accept: string;
  readonly signal: AbortSignal;
}

/**
 * Sends a request to the admin API.
 * @throws CliError if the response is not 2xx
 */
async function call(
  shell: Shell,
  options: ApiOptions,
  method: "GET" | "POST" | "DELETE",
  path: string,
  query: Query = {},
  body?: object,
  exported?: ExportRequest,
): Promise<Response> {
  const token = await adminToken(shell, options.token);
  const url = apiUrl(shell, options.url, path);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  let response: Response;
  try {
    response = await fetch(url, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(exported === undefined ? {} : { accept: exported.accept }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: "manual",
      signal: AbortSignal.any([exported?.signal ?? AbortSignal.timeout(timeoutMs), shell.interrupted]),
    });
  } catch (error) {
    throw unreachable(shell, url, error);
  }
  if (response.ok) return response;
  const fields = jsonFields(await limitedText(response));
  const detail = problemLines(fields);
  if (response.status === 401) {
    throw failure(
      codeOf(fields["code"]) ?? "unauthorized",
      `The server at ${url.origin} does not accept the admin token: set SESSIONHOOK_ADMIN_TOKEN to its token, or give --token`,
    );
  }
  if (response.status >= 300 && response.status < 400) {
    const to = URL.parse(response.headers.get("location") ?? "", url)?.origin ?? "nowhere";
    throw failure(
      `http_${response.status}`,
      `${url.origin} redirects to ${to}: give the URL of the server itself with --url`,
    );
  }
  const code = codeOf(fields["code"]) ?? (response.status === 404 ? "not_found" : `http_${response.status}`);
  // A parameter that only the server can check, such as a filter or a cursor.
  const wrongUsage = code === "invalid_query" || code === "invalid_body";
  const temporary = [408, 425, 429].includes(response.status) || response.status >= 500;
  const message = `The server answered ${response.status} ${code}${detail === "" ? "" : `: ${detail}`}`;
  throw new CliError(wrongUsage ? 2 : 1, code, message, { temporary });
}

/** A JSON object from the server, as text and parsed. */
export interface JsonAnswer {
  readonly text: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Sends a request and returns its JSON answer. */
export async function callJson(...request: Parameters<typeof call>): Promise<JsonAnswer> {
  const bytes = await callBytes(...request);
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return { text, fields: value as Record<string, unknown> };
  } catch (cause) {
    throw failure("bad_answer", "The answer is not JSON; is this a Sessionhook server?", { cause });
  }
  throw failure("bad_answer", "The answer is not a JSON object; is this a Sessionhook server?");
}

/** Sends a request and returns the bytes of its response, unchanged. */
export async function callBytes(...request: Parameters<typeof call>): Promise<Uint8Array> {
  const response = await call(...request);
  try {
    return await response.bytes();
  } catch (cause) {
    throw failure("bad_answer", "The answer broke off", { cause, temporary: true });
  }
}

/**
 * Yields the bytes of an export as they arrive.
 * @throws CliError if it does not begin, stalls for 30 s, or breaks off
 */
export async function* callExport(
  shell: Shell,
  options: ApiOptions,
  path: string,
  query: Query,
  accept: string,
): AsyncGenerator<Uint8Array> {
  const stalled = new AbortController();
  let timer = setTimeout(() => stalled.abort(), timeoutMs);
  try {
    const request = { accept, signal: stalled.signal };
    const response = await call(shell, options, "GET", path, query, undefined, request);
    if (response.headers.get("content-type")?.split(";")[0] !== accept)
      throw failure("bad_answer", "The answer is not an export; is the server an older version?");
    let last: number | undefined;
    for await (const chunk of response.body ?? []) {
      clearTimeout(timer);
      last = chunk.at(-1) ?? last;
      yield chunk;
      timer = setTimeout(() => stalled.abort(), timeoutMs);
    }
    // Behind a proxy, a connection that the server closed can look like a complete answer.
    if (last !== undefined && last !== newline) throw brokeOff();
  } catch (error) {
    throw error instanceof CliError ? error : brokeOff(error);
  } finally {
    clearTimeout(timer);
  }
}

const newline = 10;

function brokeOff(cause?: unknown): CliError {
  return failure("bad_answer", "The export broke off: what is written is not complete", { cause });
}

const things = {
  events: "id of an event",
  deliveries: "id of a delivery",
  destinations: "name of a destination",
  replays: "id of a replay",
  sessions: "id of a session",
  people: "key of a person",
  companies: "key of a company",
} as const;

/** Returns the path of one thing in the API. */
function pathOf(kind: keyof typeof things, id: string, rest: string): string {
  if (/^\.{0,2}$/.test(id)) throw usageError(`The ${things[kind]} must not be empty or dots`);
  return `api/${kind}/${encodeURIComponent(id.toWellFormed())}${rest}`;
}

export const eventPath = (id: string, rest = "") => pathOf("events", id, rest);
export const deliveryPath = (id: string, rest = "") => pathOf("deliveries", id, rest);
export const destinationPath = (name: string, rest = "") => pathOf("destinations", name, rest);
export const replayPath = (id: string) => pathOf("replays", id, "");
export const sessionPath = (id: string) => pathOf("sessions", id, "");
export const personPath = (key: string) => pathOf("people", key, "");
export const companyPath = (key: string) => pathOf("companies", key, "");
