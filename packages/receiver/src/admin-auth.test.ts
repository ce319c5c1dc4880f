import { constantTimeEqual } from "@sessionhook/core";
import { Hono } from "hono";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { requireAdmin } from "./admin-auth.js";
import { problemOf, toResponse } from "@sessionhook/ingest";

// The spy calls the real function; a test can replace its result.
vi.mock("@sessionhook/core", { spy: true });
const equal = vi.mocked(constantTimeEqual);
beforeEach(() => void equal.mockRestore());

const token = "admin-token-0123456789abcdef-0123456789";
const app = new Hono()
  .use(
    requireAdmin(
      () => token,
      () => undefined,
    ),
  )
  .get("/", (c) => c.text("in"));
app.onError((error) => toResponse(problemOf(error)));
const status = async (authorization?: string) =>
  (await app.request("/", { headers: authorization === undefined ? {} : { authorization } })).status;

describe("the admin token", () => {
  it("accepts requests with the token, and no others", async () => {
    for (const right of [`Bearer ${token}`, `bearer  ${token} `]) expect(await status(right)).toBe(200);
    for (const wrong of [
      undefined,
      "",
      token,
      "Bearer",
      "Bearer ",
      `Basic ${token}`,
      `Bearer ${token}x`,
      `Bearer ${token} x`,
      `Bearer ${token.toUpperCase()}`,
    ]) {
      expect(await status(wrong), wrong).toBe(401);
    }
  });

  // What a measurement of time can miss: that anything else has a say.
  it("is compared in constant time, and by nothing else", async () => {
    equal.mockReturnValue(false);
    expect(await status(`Bearer ${token}`)).toBe(401);
    equal.mockReturnValue(true);
    expect(await status("Bearer wrong")).toBe(200);
    expect(equal).toHaveBeenLastCalledWith("wrong", token);
  });
});
