import { SignatureError, StoreError } from "@sessionhook/core";
import type { Context, Hono } from "hono";
import { describeError, log } from "../log.js";
import { problem, type ProblemCode } from "../problem.js";
import { withBody } from "../read-body.js";
import { receive } from "../receive.js";
import { ReceiveError } from "../receive-error.js";
import type { Services } from "../services.js";
import { only } from "./only.js";

/** Seconds after which a sender may try again, by code. */
const retryAfter: Partial<Record<ProblemCode, string>> = { overloaded: "1", store_unavailable: "5" };

/** `POST /webhooks`: where the provider delivers. */
export function webhookRoutes(app: Hono, services: Services): void {
  only(app, "POST", "/webhooks", async (c) => {
    try {
      return await take(c, services);
    } catch (error) {
      return refuse(c, services, error);
    }
  });
}

async function take(c: Context, services: Services): Promise<Response> {
  const { limits, held, queue, options, metrics } = services;
  const encoding = c.req.header("content-encoding");
  if (encoding !== undefined && encoding.toLowerCase() !== "identity") {
    throw new ReceiveError(
      "unsupported_content_encoding",
      "The body must be sent as it was signed, without content-encoding",
    );
  }
  const headers = c.req.raw.headers;
  const received = await withBody(c.req.raw, limits, held, (body) => receive(body, headers, queue, options));
  metrics.delivered(received.status);
  const level = received.status === "accepted" || received.status === "duplicate" ? "debug" : "info";
  log[level]("event taken", { ...received });
  return c.json({ status: received.status, id: received.id });
}

function refuse(c: Context, { metrics }: Services, error: unknown): Response {
  const code = codeOf(error);
  if (code === undefined) throw error;
  metrics.rejected(code);
  if (code === "store_unavailable") log.error("event not kept", { code, ...causeOf(error) });
  else log.warn("request refused", { code });
  const issues = ReceiveError.isInstance(error) && error.issues !== undefined ? { issues: error.issues } : {};
  const after = retryAfter[code];
  // A body that was not read to its end leaves the connection out of step.
  const unread =
    code === "payload_too_large" || code === "request_timeout" || code === "unsupported_content_encoding";
  return problem(c, code, (error as Error).message, issues, {
    ...(after === undefined ? {} : { "retry-after": after }),
    ...(unread ? { connection: "close" } : {}),
  });
}

function codeOf(error: unknown): ProblemCode | undefined {
  if (ReceiveError.isInstance(error) || SignatureError.isInstance(error)) return error.code;
  return StoreError.isInstance(error) ? "store_unavailable" : undefined;
}

function causeOf(error: unknown): object {
  return error instanceof Error && error.cause !== undefined ? { cause: describeError(error.cause) } : {};
}
