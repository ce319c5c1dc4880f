import { expect } from "vitest";
import type { RuntimeCase } from "../case.js";
import { expectProblem } from "../expect-answer.js";

const html = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };

/** Addresses that people open in a browser, and signing in. */
export const browserCases: readonly RuntimeCase[] = [
  {
    name: "/ and /events lead to the sign-in page",
    run: async (c) => {
      for (const [path, location] of [
        ["/", /^\/login$/],
        ["/events?status=conflict", /^\/login\?next=%2Fevents/],
      ] as const) {
        const answer = await c.target.fetch(path, { headers: html, redirect: "manual" });
        expect(answer.status).toBe(303);
        expect(answer.headers.get("location")).toMatch(location);
      }
    },
  },
  {
    name: "an unknown path is a page for a browser and a problem for a program",
    run: async (c) => {
      const answer = await c.target.fetch("/nothing/here", { headers: html });
      expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "text/html; charset=UTF-8"]);
      expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(answer.headers.get("vary")).toMatch(/accept/i);
      expect(await answer.text()).toContain("No such page");
      await expectProblem(await c.target.fetch("/nothing/here"), 404, "not_found");
      await expectProblem(await c.target.fetch("/api/nothing", { headers: html }), 401, "unauthorized");
    },
  },
  {
    name: "POST /api/sign-in-links makes links that sign in once, and needs the token",
    run: async (c) => {
      await expectProblem(
        await c.target.fetch("/api/sign-in-links", { method: "POST" }),
        401,
        "unauthorized",
      );
      await expectProblem(await c.api("/sign-in-links"), 405, "method_not_allowed");
      const answer = await c.api("/sign-in-links", { method: "POST" });
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
      const { path, expiresAt } = (await answer.json()) as { path: string; expiresAt: number };
      expect(path).toMatch(/^\/login\/once\?code=[0-9a-f]{64}$/);
      expect(Math.abs(expiresAt - Date.now() - 15 * 60_000)).toBeLessThan(60_000);
      const first = await c.target.fetch(path, { redirect: "manual" });
      expect([first.status, first.headers.get("location")]).toEqual([303, "/"]);
      const cookie = first.headers.get("set-cookie")?.split(";")[0] ?? "";
      expect((await c.target.fetch("/events", { headers: { cookie }, redirect: "manual" })).status).toBe(200);
      const again = await c.target.fetch(path, { headers: html, redirect: "manual" });
      expect(again.status).toBe(401);
      expect(await again.text()).toContain("sessionhook open");
    },
  },
  {
    name: "failed sign-ins are counted by reason",
    run: async (c) => {
      const count = async (reason: string) => {
        const headers = { authorization: `Bearer ${c.target.adminToken}` };
        const text = await (await c.target.fetch("/metrics", { headers })).text();
        const [, value] =
          new RegExp(`^sessionhook_failed_sign_ins_total\\{reason="${reason}"\\} (\\d+)$`, "m").exec(text) ??
          [];
        return Number(value ?? 0);
      };
      const reasons = ["no_token", "wrong_token", "used_link"];
      const before = await Promise.all(reasons.map(count));
      await c.target.fetch("/api/stats");
      await c.target.fetch("/api/stats", { headers: { authorization: "Bearer wrong" } });
      await c.target.fetch("/login/once?code=0");
      expect(await Promise.all(reasons.map(count))).toEqual(before.map((value) => value + 1));
    },
  },
];
