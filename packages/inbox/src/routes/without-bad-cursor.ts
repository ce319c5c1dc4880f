import { StoreError } from "@sessionhook/core";
import type { Context } from "hono";
import { outside } from "../link-prefix.js";

/** Runs a handler; leads to the first page if the cursor is of another list. */
export async function withoutBadCursor(
  c: Context,
  firstPage: string,
  handler: () => Promise<Response>,
): Promise<Response> {
  try {
    return await handler();
  } catch (error) {
    if (!StoreError.isInstance(error) || error.code !== "invalid_cursor") throw error;
    return c.redirect(outside(c, firstPage), 303);
  }
}
