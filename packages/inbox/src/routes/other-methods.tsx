import { problemOf, ReceiveError, toResponse } from "@sessionhook/ingest";
import type { Context, Hono } from "hono";
import { FirstPageLink } from "../components/first-page-link.js";
import { MessagePage } from "../pages/message-page.js";
import { renderPage } from "../render.js";
import { noStore } from "../security-headers.js";
import type { NotFoundParts } from "./not-found.js";
import { onlyIf, wantsPage } from "./only-if.js";

/**
 * Adds 405 with `Allow` for the methods that a path of the inbox does not have: a page in browsers, a problem document for
 * programs. Call it after all paths have been added.
 */
export function addOtherMethods(
  app: Hono,
  { sessions, headers, basePath }: NotFoundParts & { readonly basePath: string },
): void {
  for (const [path, allow] of allowedMethods(app)) {
    const answer = async (c: Context) =>
      wantsPage(c)
        ? otherMethodPage(c, allow, await sessions.isSignedIn(c))
        : otherMethodProblem(allow, basePath);
    app.all(path, onlyIf(wantsPage, headers), onlyIf(wantsPage, noStore), answer);
  }
}

/** Returns the value of `Allow` for each path. */
function allowedMethods(app: Hono): Map<string, string> {
  const methods = new Map<string, Set<string>>();
  for (const { method, path } of app.routes)
    methods.set(path, (methods.get(path) ?? new Set()).add(method === "GET" ? "GET, HEAD" : method));
  return new Map([...methods].map(([path, names]) => [path, [...names].join(", ")]));
}

/** The detail helps a sender whose endpoint is the address of the inbox. */
function otherMethodProblem(allow: string, basePath: string): Response {
  const headers = { allow, vary: "Accept" };
  const detail = `Use ${allow} for this path; messages go to POST ${basePath}/webhooks`;
  return toResponse(problemOf(new ReceiveError("method_not_allowed", detail, { headers })));
}

function otherMethodPage(c: Context, allow: string, signedIn: boolean): Promise<Response> {
  c.header("Allow", allow);
  c.header("Vary", "Accept");
  return renderPage(
    c,
    405,
    <MessagePage title="Method not allowed" signedIn={signedIn}>
      <p>
        This address takes only <code>{allow}</code>.
      </p>
      <FirstPageLink signedIn={signedIn} />
    </MessagePage>,
  );
}
