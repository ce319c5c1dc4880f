import { maxApiBodyBytes } from "@sessionhook/core/limits";
import { ReceiveError, WebRequest, withBody } from "@sessionhook/ingest";
import type { Context } from "hono";
import type * as z from "zod/mini";
import type { Services } from "../services.js";
import { describe } from "./query.js";

/**
 * Reads the JSON body of a request to the API; an empty body counts as `{}`.
 * @throws ReceiveError `unsupported_media_type`, `payload_too_large`, `invalid_body`, `request_timeout`, `incomplete_body`
 */
export async function readJsonBody<T extends z.ZodMiniType>(
  c: Context,
  { budget, bodyTimeoutMs }: Services,
  schema: T,
): Promise<z.output<T>> {
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
  return check(schema, value);
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
