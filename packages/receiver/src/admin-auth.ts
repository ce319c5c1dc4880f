import { constantTimeEqual } from "@sessionhook/core";
import type { MiddlewareHandler } from "hono";
import { problem } from "./problem.js";

/** Lets a request through only with `Authorization: Bearer <admin token>`. */
export function requireAdmin(adminToken: string): MiddlewareHandler {
  return async (c, next) => {
    const [, token] = /^Bearer +([^ ]+) *$/i.exec(c.req.header("authorization") ?? "") ?? [];
    if (token !== undefined && constantTimeEqual(token, adminToken)) return next();
    return problem(
      c,
      "unauthorized",
      "This needs the header Authorization: Bearer <admin token>",
      {},
      {
        "www-authenticate": 'Bearer realm="sessionhook"',
      },
    );
  };
}
