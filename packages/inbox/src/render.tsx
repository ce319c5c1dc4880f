import type { Context } from "hono";
import { html } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { CameFrom } from "./components/back-link.js";
import { CommandLine } from "./components/command.js";
import { HasFacts, LinkPrefix } from "./components/link.js";
import { cameFrom } from "./link-prefix.js";

/** Answers with a complete HTML page. */
export async function renderPage(
  c: Context,
  status: ContentfulStatusCode,
  page: HtmlEscapedString | Promise<HtmlEscapedString>,
): Promise<Response> {
  const linked = (
    <LinkPrefix.Provider value={c.get("linkPrefix")}>
      <HasFacts.Provider value={c.get("hasFacts")}>
        <CommandLine.Provider value={c.get("commandLine")}>
          <CameFrom.Provider value={cameFrom(c)}>{page}</CameFrom.Provider>
        </CommandLine.Provider>
      </HasFacts.Provider>
    </LinkPrefix.Provider>
  );
  return c.html(await html`<!doctype html>${linked}`, status);
}
