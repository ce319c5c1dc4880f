import type { Context } from "hono";
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** Answers with a whole page. */
export async function renderPage(
  c: Context,
  status: ContentfulStatusCode,
  page: HtmlEscapedString | Promise<HtmlEscapedString>,
): Promise<Response> {
  return c.html(await html`<!doctype html>${page}`, status);
}
