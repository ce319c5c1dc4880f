import { constantTimeEqual } from "@sessionhook/core";
import type { Hono } from "hono";
import { LoginPage } from "../pages/login-page.js";
import { MessagePage } from "../pages/message-page.js";
import { renderPage } from "../render.js";
import { noStore, securityHeaders } from "../security-headers.js";
import { type FailureLimit, maxFailuresPerMinute } from "../session/failure-limit.js";
import type { LoginCodes } from "../session/login-codes.js";
import { safeNextPath } from "../session/next-path.js";
import { sameOriginOnly } from "../session/same-origin.js";
import type { Sessions } from "../session/sessions.js";
import { readForm } from "./read-form.js";

export interface SignInParts {
  readonly adminToken: string;
  readonly sessions: Sessions;
  readonly codes: LoginCodes;
  readonly limit: FailureLimit;
}

/** Signing in with the admin token or a one-time link, and signing out. */
export function addSignInRoutes(app: Hono, { adminToken, sessions, codes, limit }: SignInParts): void {
  app.get("/login", securityHeaders, noStore, async (c) => {
    const next = safeNextPath(c.req.query("next"));
    if (await sessions.isSignedIn(c)) return c.redirect(next, 303);
    return renderPage(c, 200, <LoginPage next={next} />);
  });

  app.post("/login", securityHeaders, noStore, sameOriginOnly, async (c) => {
    const form = await readForm(c.req.raw);
    if (form === undefined) {
      return renderPage(
        c,
        413,
        <MessagePage title="Too large" signedIn={false}>
          <p>A sign-in form is never that large.</p>
        </MessagePage>,
      );
    }
    const next = safeNextPath(form.get("next"));
    const wait = limit.secondsToWait();
    if (wait > 0) {
      c.header("Retry-After", String(wait));
      const error = `Too many failed tries: at most ${maxFailuresPerMinute} a minute are allowed, over all visitors. Try again in ${wait} s, or use a one-time link.`;
      return renderPage(c, 429, <LoginPage next={next} error={error} />);
    }
    if (!constantTimeEqual((form.get("token") ?? "").trim(), adminToken)) {
      limit.count();
      const error = "That is not the admin token of this receiver.";
      return renderPage(c, 401, <LoginPage next={next} error={error} />);
    }
    await sessions.start(c);
    return c.redirect(next, 303);
  });

  app.get("/login/once", securityHeaders, noStore, async (c) => {
    const code = c.req.query("code") ?? "";
    // A HEAD request comes from a link checker, not from the person the link is for.
    if (c.req.method === "HEAD" && codes.isValid(code)) return c.redirect("/", 303);
    if (codes.redeem(code)) {
      await sessions.start(c);
      return c.redirect("/", 303);
    }
    return renderPage(
      c,
      401,
      <MessagePage title="This link no longer works" signedIn={false}>
        <p>
          A sign-in link works once, and for 15 minutes. This one has been used, is too old, or is incomplete.
        </p>
        <p>Start the receiver again to get a new link, or use the admin token.</p>
        <p class="actions">
          <a class="button" href="/login">
            Sign in with the admin token
          </a>
        </p>
      </MessagePage>,
    );
  });

  app.post("/logout", securityHeaders, noStore, sameOriginOnly, (c) => {
    sessions.end(c);
    return c.redirect("/login", 303);
  });
}
