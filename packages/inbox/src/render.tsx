import type { Context } from "hono";
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { CommandLine } from "./components/command.js";
import { HasFacts, LinkPrefix } from "./components/link.js";

/** Answers with a complete HTML page. */
export async function renderPage(
  c: Context,
  status: ContentfulStatusCode,
  page: HtmlEscapedString | Promise<HtmlEscapedString>,
): Promise<Response> {
  const linked = (
    <LinkPrefix.Provider value={c.get("linkPrefix")}>
      <HasFacts.Provider value={c.get("hasFacts")}>
        <CommandLine.Provider value={c.get("commandLine")}>{page}</CommandLine.Provider>
      </HasFacts.Provider>
    </LinkPrefix.Provider>
  );
  return c.html(await html`<!doctype html>${linked}`, status);
}
