import { hostHeaders } from "./exchange.js";
import type { NodeRequest, NodeResponse } from "./node-types.js";

/** Answers up to this size, in bytes, are written at once; all of them where the response of the host can be written only once. */
const atOnce = 64 * 1024;

/** Writes the answer of a handler to a Node response, unless the sender has disconnected or the host has responded. */
export async function writeAnswer(
  request: NodeRequest,
  response: NodeResponse,
  answer: Response,
): Promise<void> {
  const reader = answer.body?.getReader();
  const { bytes, ended } = await readUpTo(response.write === undefined ? Infinity : atOnce, reader);
  // A timeout of the host can respond first.
  if (response.headersSent || response.destroyed) return void reader?.cancel();
  response.statusCode = answer.status;
  for (const [name, value] of headersByName(request, answer)) response.setHeader(name, value);
  if (ended) return void response.end(bytes);
  await writeRest(response, bytes, reader as Reader);
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** Reads a body until it has more than `most` bytes. */
async function readUpTo(most: number, reader: Reader | undefined) {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let ended = reader === undefined;
  while (!ended && length <= most) {
    const { done = true, value = nothing } = (await reader?.read()) ?? {};
    ended = done;
    chunks.push(value);
    length += value.length;
  }
  return { bytes: joined(chunks, length), ended };
}

const nothing = new Uint8Array();

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

async function writeRest(response: NodeResponse, first: Uint8Array, reader: Reader): Promise<void> {
  let goOn: (() => void) | undefined;
  response.once?.("close", () => goOn?.());
  try {
    for (
      let bytes: Uint8Array | undefined = first;
      bytes !== undefined;
      bytes = (await reader.read()).value
    ) {
      if (response.destroyed) return void reader.cancel();
      if (response.write?.(bytes) !== false) continue;
      await new Promise<void>((resolve) => {
        goOn = resolve;
        response.once?.("drain", resolve);
      });
    }
    response.end(nothing);
  } catch {
    // Half an answer must not look like all of it.
    response.destroy?.();
  }
}

/** Returns the values of each header: some, such as cookies, have several. */
function headersByName(request: NodeRequest, answer: Response): Iterable<[string, string | string[]]> {
  const byName = new Map<string, string | string[]>();
  for (const [name, value] of hostHeaders(request, answer))
    byName.set(name, name === "set-cookie" ? answer.headers.getSetCookie() : value);
  return byName;
}

/** Returns whether a value is the response object of `node:http`, Express, Connect or a cloud function. */
export function isNodeResponse(value: unknown): value is NodeResponse {
  const { setHeader, end } = (value ?? {}) as { readonly setHeader?: unknown; readonly end?: unknown };
  return typeof setHeader === "function" && typeof end === "function";
}
