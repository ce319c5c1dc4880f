import type { Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { checkContentEncoding } from "../content-encoding.js";
import type { Intake } from "../intake.js";
import type { Answer } from "../problem.js";
import { withBody } from "../read-body.js";
import { only } from "./only.js";

/** `POST /webhooks`: where the provider delivers. */
export function webhookRoutes(app: Hono, intake: Intake): void {
  only(app, "POST", "/webhooks", async (c) => {
    const { body, status, headers } = await answer(c, intake);
    return c.body(body, status as ContentfulStatusCode, headers as Record<string, string>);
  });
}

async function answer(c: Context, intake: Intake): Promise<Answer> {
  const { headers } = c.req.raw;
  try {
    checkContentEncoding(headers);
    return await withBody(c.req.raw, intake.limits, intake.held(), (body) => intake.take(body, headers));
  } catch (error) {
    return intake.refuse(error);
  }
}
