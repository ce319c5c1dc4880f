import { Link } from "../components/link.js";
import { constantTimeEqual } from "@sessionhook/core";
import type { Context, Hono, MiddlewareHandler } from "hono";
import { outside } from "../link-prefix.js";
import { LoginPage } from "../pages/login-page.js";
import { MessagePage } from "../pages/message-page.js";
import { renderPage } from "../render.js";
import { noStore } from "../security-headers.js";
import { type FailureLimit, maxFailuresPerMinute } from "../session/failure-limit.js";
import type { LoginCodes } from "../session/login-codes.js";
import { safeNextPath } from "../session/next-path.js";
import { sameOriginOnly } from "../session/same-origin.js";
import type { Sessions } from "../session/sessions.js";
import { readForm } from "./read-form.js";

/** A failed sign-in, for the log, without the token or code. */
export interface SignInFailure {
  readonly reason: "wrong_token" | "too_many" | "used_link" | "other_site";
  readonly request: Request;
  /** The environment that the server passed with the request. */
  readonly env: unknown;
}

export interface SignInParts {
  readonly adminToken: () => string;
  readonly sessions: Sessions;
  readonly codes: LoginCodes;
  readonly limit: FailureLimit;
  /** Sets the security headers of pages. */
  readonly headers: MiddlewareHandler;
  readonly failed: (failure: SignInFailure) => void;
}

/** Adds signing in, with the admin token or a one-time link, and signing out. */
export function addSignInRoutes(app: Hono, parts: SignInParts): void {
  const { adminToken, sessions, codes, limit, headers } = parts;
  const fail = (c: Context, reason: SignInFailure["reason"]) =>
    parts.failed({ reason, request: c.req.raw, env: c.env as unknown });
  const ownForms = sameOriginOnly((c) => fail(c, "other_site"));
  app.get("/login", headers, noStore, async (c) => {
    const next = safeNextPath(c.req.query("next"));
    if (await sessions.isSignedIn(c)) return c.redirect(outside(c, next), 303);
    return renderPage(c, 200, <LoginPage next={next} />);
  });

  app.post("/login", headers, noStore, ownForms, async (c) => {
    const form = await readForm(c.req.raw);
    if (form === undefined) {
      return renderPage(
        c,
        413,
        <MessagePage title="Too large" signedIn={false}>
          <p>The form is too large. Go back and sign in again.</p>
        </MessagePage>,
      );
    }
    const next = safeNextPath(form.get("next"));
    if (constantTimeEqual((form.get("token") ?? "").trim(), adminToken())) {
      await sessions.start(c);
      return c.redirect(outside(c, next), 303);
    }
    const error = "That is not the admin token of this receiver.";
    const wait = limit.count();
    fail(c, wait === 0 ? "wrong_token" : "too_many");
    if (wait === 0) return renderPage(c, 401, <LoginPage next={next} error={error} />);
    c.header("Retry-After", String(wait));
    const more = `${error} More than ${maxFailuresPerMinute} wrong ones were tried within a minute, over all visitors: try again in ${wait} s.`;
    return renderPage(c, 429, <LoginPage next={next} error={more} />);
  });

  app.get("/login/once", headers, noStore, async (c) => {
    const code = c.req.query("code") ?? "";
    // A HEAD request comes from a link checker, not from the recipient of the link.
    if (c.req.method === "HEAD" && codes.isValid(code)) return c.redirect(outside(c, "/"), 303);
    if (codes.redeem(code)) {
      await sessions.start(c);
      return c.redirect(outside(c, "/"), 303);
    }
    fail(c, "used_link");
    return renderPage(
      c,
      401,
      <MessagePage title="This link no longer works" signedIn={false}>
        <p>
          A sign-in link works once, and for 15 minutes. This one has been used, is too old, or is incomplete.
        </p>
        <p>
          <code>sessionhook open</code> makes a new one (in the repository:{" "}
          <code>npm run sessionhook -- open</code>). Or use the admin token.
        </p>
        <p class="actions">
          <Link class="button" to="/login">
            Sign in with the admin token
          </Link>
        </p>
      </MessagePage>,
    );
  });

  app.post("/logout", headers, noStore, sameOriginOnly(), async (c) => {
    await sessions.end(c);
    return c.redirect(outside(c, "/login"), 303);
  });
}
