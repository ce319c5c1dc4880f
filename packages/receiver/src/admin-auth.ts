import { constantTimeEqual } from "@sessionhook/core";
import type { MiddlewareHandler } from "hono";
import { ReceiveError } from "@sessionhook/ingest";

/** Rejects requests without `Authorization: Bearer <admin token>`. */
export function requireAdmin(adminToken: () => string): MiddlewareHandler {
  return async (c, next) => {
    const [, token] = /^Bearer +([^ ]+) *$/i.exec(c.req.header("authorization") ?? "") ?? [];
    if (token !== undefined && constantTimeEqual(token, adminToken())) return next();
    throw new ReceiveError("unauthorized", "This needs the header Authorization: Bearer <admin token>", {
      headers: { "www-authenticate": 'Bearer realm="sessionhook"' },
    });
  };
}
