import { StoreError } from "@sessionhook/core";
import { expect, it } from "vitest";
import { unavailable } from "./errors.js";

/** Messages of Cloudflare's list of D1 errors. */
it.each([
  ["D1_ERROR: no such table: received: SQLITE_ERROR", "lacks a table"],
  ["D1_ERROR: Exceeded maximum DB size.: SQLITE_FULL", "is full"],
  ["D1 DB is overloaded. Requests queued for too long.", "is overloaded"],
  ["D1 DB is overloaded. Too many requests queued.", "is overloaded"],
  ["D1 DB storage operation exceeded timeout which caused object to be reset.", "did not answer in time"],
  ["D1 DB reset because its code was updated.", "connection to D1 was lost"],
  ["Internal error while starting up D1 DB storage caused object to be reset.", "connection to D1 was lost"],
  ["Network connection lost.", "connection to D1 was lost"],
  ["D1 DB exceeded its CPU time limit and was reset.", "did not answer in time, or its limits"],
  ["D1 DB exceeded its memory limit and was reset.", "did not answer in time, or its limits"],
  ["D1_ERROR: Your account has exceeded D1's maximum account storage limit", "limit of the D1 plan"],
  ["D1_ERROR: string or blob too big: SQLITE_TOOBIG", "too large for D1"],
  ["D1_ERROR: near jane@example.com: syntax error", "D1 request failed"],
])("%s", (message, expected) => {
  const cause = new Error(message);
  const error = unavailable(cause);
  expect(error).toMatchObject({
    code: "store_unavailable",
    message: expect.stringContaining(expected),
    cause,
  });
  expect((error as Error).message).not.toContain("jane");
  expect(unavailable(error)).toBe(error);
  expect(StoreError.isInstance(error)).toBe(true);
});
