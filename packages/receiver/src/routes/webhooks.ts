import type { Context, Hono } from "hono";
import { checkContentEncoding } from "../content-encoding.js";
import { describeError, log } from "../log.js";
import { problem } from "../problem.js";
import { withBody } from "../read-body.js";
import { receive } from "../receive.js";
import { refusalOf } from "../refusal.js";
import type { Services } from "../services.js";
import { only } from "./only.js";

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
  const headers = c.req.raw.headers;
  checkContentEncoding(headers);
  const received = await withBody(c.req.raw, limits, held, (body) => receive(body, headers, queue, options));
  metrics.delivered(received.status);
  const level = received.status === "accepted" || received.status === "duplicate" ? "debug" : "info";
  log[level]("event taken", { ...received });
  return c.json({ status: received.status, id: received.id });
}

function refuse(c: Context, { metrics }: Services, error: unknown): Response {
  const refusal = refusalOf(error);
  if (refusal === undefined) throw error;
  const { code, detail, extra, headers } = refusal;
  metrics.rejected(code);
  if (code === "store_unavailable") log.error("event not kept", { code, ...causeOf(error) });
  else log.warn("request refused", { code });
  return problem(c, code, detail, extra, headers);
}

function causeOf(error: unknown): object {
  return error instanceof Error && error.cause !== undefined ? { cause: describeError(error.cause) } : {};
}
