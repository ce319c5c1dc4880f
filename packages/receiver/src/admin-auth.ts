import { constantTimeEqual } from "@sessionhook/core";
import type { MiddlewareHandler } from "hono";
import { ReceiveError } from "@sessionhook/ingest";
import type { SignInFailed } from "./sign-in-failures.js";

/** Rejects requests without `Authorization: Bearer <admin token>`. */
export function requireAdmin(adminToken: () => string, failed: SignInFailed): MiddlewareHandler {
  return async (c, next) => {
    const [, token] = /^Bearer +([^ ]+) *$/i.exec(c.req.header("authorization") ?? "") ?? [];
    if (token !== undefined && constantTimeEqual(token, adminToken())) return next();
    failed(token === undefined ? "no_token" : "wrong_token", c.req.raw, c.env);
    throw new ReceiveError("unauthorized", "This needs the header Authorization: Bearer <admin token>", {
      headers: { "www-authenticate": 'Bearer realm="sessionhook"' },
    });
  };
}
