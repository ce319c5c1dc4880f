import { maxApiBodyBytes } from "@sessionhook/core/limits";
import { checkContentEncoding, ReceiveError, WebRequest, withBody } from "@sessionhook/ingest";
import type { Context } from "hono";
import type * as z from "zod/mini";
import type { Services } from "../services.js";
import { describe, quoted } from "./query.js";

/**
 * Reads the JSON body of a request to the API; an empty body counts as `{}`. The schema must have no objects within it.
 * @throws ReceiveError `unsupported_media_type`, `unsupported_content_encoding`, `payload_too_large`, `invalid_body`,
 * `request_timeout`, `incomplete_body`
 */
export async function readJsonBody<T extends z.ZodMiniType>(
  c: Context,
  { budget, bodyTimeoutMs }: Services,
  schema: T,
): Promise<z.output<T>> {
  checkContentEncoding(c.req.header("content-encoding"));
  const limits = { maxBodyBytes: maxApiBodyBytes, bodyTimeoutMs };
  const text = await withBody(new WebRequest(c.req.raw), limits, budget(), async (bytes) => decode(bytes));
  if (text === "") return check(schema, {});
  const type = c.req.header("content-type") ?? "";
  if (!/^application\/json *(?:;|$)/i.test(type))
    throw new ReceiveError("unsupported_media_type", "The body must have the content-type application/json");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // No cause: the parser's message quotes the text.
    throw new ReceiveError("invalid_body", "The body is not JSON");
  }
  checkNames(text);
  return check(schema, value);
}

/**
 * Rejects a member name that occurs twice, of which JSON.parse ignores the first: `{"dryRun": true, "dryRun": false}`.
 * @param text valid JSON, in which a string before a colon is a name
 */
function checkNames(text: string): void {
  const names = new Set<string>();
  for (const [, literal = "", colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?/g)) {
    if (colon === undefined) continue;
    const name = JSON.parse(literal) as string;
    if (names.has(name)) throw new ReceiveError("invalid_body", `the key ${quoted(name)} is given twice`);
    names.add(name);
  }
}

function check<T extends z.ZodMiniType>(schema: T, value: unknown): z.output<T> {
  const body = schema.safeParse(value);
  if (!body.success) throw new ReceiveError("invalid_body", describe(body.error, "the body"));
  return body.data;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ReceiveError("invalid_body", "The body is not UTF-8");
  }
}
