import { expect } from "vitest";
import type { RuntimeCase } from "../case.js";
import { expectProblem } from "../expect-answer.js";
import { sessionCookie, sessionSignature } from "../session-cookie.js";

const event = '{"type":"admin.case"}';

/** The admin API and the inbox's front door. */
export const adminCases: readonly RuntimeCase[] = [
  ...["/events", "/events/evt_1", "/events/evt_1/raw", "/stats", "/nothing"].map((path): RuntimeCase => ({
    name: `GET /api${path} needs the token`,
    run: async (c) => {
      const wrong = [
        undefined,
        "Bearer wrong",
        `Basic ${c.target.adminToken}`,
        "Bearer",
        `Bearer ${c.target.adminToken}x`,
      ];
      for (const authorization of wrong) {
        const headers = authorization === undefined ? {} : { authorization };
        const answer = await c.target.fetch(`/api${path}`, { headers } as RequestInit);
        expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
        await expectProblem(answer, 401, "unauthorized");
      }
    },
  })),
  {
    name: "recheck needs the token",
    run: async (c) => {
      await expectProblem(
        await c.target.fetch("/api/events/evt_1/recheck", { method: "POST" }),
        401,
        "unauthorized",
      );
    },
  },
  {
    name: "pages go newest first and cover every event once",
    run: async (c) => {
      const type = `paging.${c.id()}`;
      const ids = Array.from({ length: 7 }, () => c.id());
      for (const id of ids) await c.send(id, JSON.stringify({ type }));
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const query: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
        const page = (await (await c.api(`/events?type=${type}&limit=3${query}`)).json()) as {
          events: { id: string }[];
          nextCursor: string | null;
        };
        expect(page.events.length).toBeLessThanOrEqual(3);
        seen.push(...page.events.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== null);
      expect(seen).toEqual(ids.toReversed());
    },
  },
  {
    name: "filters by status, by type and by the beginning of an id",
    run: async (c) => {
      const id = c.id();
      await c.send(id, event);
      const found = async (query: string) =>
        ((await (await c.api(`/events?${query}`)).json()) as { events: { id: string }[] }).events.some(
          (row) => row.id === id,
        );
      expect(await found("limit=500&status=unrecognized")).toBe(true);
      expect(await found("limit=500&status=accepted")).toBe(false);
      expect(await found("limit=500&type=admin.case")).toBe(true);
      expect(await found("type=other.case")).toBe(false);
      expect(await found(`q=${id}`)).toBe(true);
      expect(await found(`q=${id.slice(0, -1)}`)).toBe(true);
      expect(await found("q=%25")).toBe(false);
    },
  },
  ...[
    "limit=0",
    "limit=501",
    "limit=x",
    "limit=1.5",
    "limit=-1",
    "status=lost",
    "cursor=nonsense",
    `q=${"x".repeat(257)}`,
  ].map((query): RuntimeCase => ({
    name: `GET /api/events?${query.slice(0, 20)} is a bad query`,
    run: async (c) => {
      await expectProblem(await c.api(`/events?${query}`), 400, "invalid_query");
    },
  })),
  {
    name: "an id that is not there is not found, whatever is asked of it",
    run: async (c) => {
      await expectProblem(await c.api("/events/evt_none"), 404, "not_found");
      await expectProblem(await c.api("/events/evt_none/raw"), 404, "not_found");
      await expectProblem(await c.api("/events/evt_none/recheck", { method: "POST" }), 404, "not_found");
      await expectProblem(await c.api("/events/evt_none?version=x"), 400, "invalid_query");
    },
  },
  {
    name: "other methods of the API are not allowed",
    run: async (c) => {
      await expectProblem(await c.api("/events", { method: "POST" }), 405, "method_not_allowed");
      await expectProblem(await c.api("/stats", { method: "DELETE" }), 405, "method_not_allowed");
      await expectProblem(await c.api("/events/evt_1/recheck"), 405, "method_not_allowed");
    },
  },
  {
    name: "stats count what happened",
    run: async (c) => {
      const stats = async () => (await (await c.api("/stats")).json()) as Record<string, number>;
      const before = await stats();
      const id = c.id();
      await c.send(id, event);
      await c.send(id, event);
      await c.send(id, `${event} `);
      const after = await stats();
      const grown = (name: string) => (after[name] as number) - (before[name] as number);
      expect([grown("unrecognized"), grown("duplicates"), grown("conflicts"), grown("accepted")]).toEqual([
        1, 1, 1, 0,
      ]);
    },
  },
  {
    name: "recheck classifies an event again and returns its status",
    run: async (c) => {
      const id = c.id();
      await c.send(id, event);
      const answer = await c.api(`/events/${id}/recheck`, { method: "POST" });
      expect(await answer.json()).toMatchObject({
        id,
        status: "unrecognized",
        previousStatus: "unrecognized",
        deliveries: [],
      });
    },
  },
  {
    name: "raw bytes are never served as a page",
    run: async (c) => {
      const id = c.id();
      await c.send(id, "<script>alert(1)</script>");
      const answer = await c.api(`/events/${id}/raw`);
      expect(answer.headers.get("content-type")).toBe("application/octet-stream");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    },
  },
  {
    name: "the inbox asks for a sign-in, takes the token, and shows the events",
    run: async (c) => {
      const id = c.id();
      await c.send(id, event);
      const before = await c.target.fetch("/", { redirect: "manual" });
      expect([before.status, before.headers.get("location")]).toEqual([303, "/login"]);
      expect(before.headers.get("cache-control")).toContain("no-store");
      const form = new URLSearchParams({ token: c.target.adminToken });
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const signedIn = await c.target.fetch("/login", {
        method: "POST",
        body: form.toString(),
        headers,
        redirect: "manual",
      });
      expect(signedIn.status).toBe(303);
      const cookie = signedIn.headers.get("set-cookie") ?? "";
      expect(cookie).toMatch(/HttpOnly/i);
      expect(cookie).toMatch(/SameSite=Strict/i);
      const page = await c.target.fetch("/", { headers: { cookie: cookie.split(";")[0] as string } });
      expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(await page.text()).toContain(id);
    },
  },
  {
    name: "the inbox refuses a wrong token",
    run: async (c) => {
      const form = new URLSearchParams({ token: "wrong" });
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const answer = await c.target.fetch("/login", {
        method: "POST",
        body: form.toString(),
        headers,
        redirect: "manual",
      });
      expect([answer.status, answer.headers.get("set-cookie")]).toEqual([401, null]);
    },
  },
  {
    name: "the inbox refuses a cookie that is forged, altered, cut or expired",
    run: async (c) => {
      const { adminToken } = c.target;
      const statusWith = async (cookie: string) =>
        (await c.target.fetch("/", { headers: { cookie }, redirect: "manual" })).status;
      const id = "0".repeat(32);
      const inAnHour = `v2:${Date.now() + 3_600_000}:${id}`;
      const later = `v2:${Date.now() + 7_200_000}:${id}`;
      const anHourAgo = `v2:${Date.now() - 3_600_000}:${id}`;
      const good = sessionSignature(inAnHour, adminToken);
      const cookie = (value: string, signature = sessionSignature(value, adminToken)) =>
        sessionCookie(value, signature, adminToken);
      // Only beside one that is let in do the others show anything.
      expect(await statusWith(cookie(inAnHour))).toBe(200);
      const refused = {
        "another signature": cookie(
          inAnHour,
          good.replace(/^./, (first) => (first === "A" ? "B" : "A")),
        ),
        "signed with another token": cookie(inAnHour, sessionSignature(inAnHour, `${adminToken}x`)),
        "a later end under the old signature": cookie(later, good),
        expired: cookie(anHourAgo),
        "no end": cookie("v2:"),
        "no id": cookie(inAnHour.slice(0, -33)),
        "a signature cut short": cookie(inAnHour, good.slice(0, -5)),
        "no signature": cookie(inAnHour, ""),
        "cut before the signature": cookie(inAnHour, "").replace(".", ""),
      };
      for (const [what, forged] of Object.entries(refused)) expect(await statusWith(forged), what).toBe(303);
    },
  },
  {
    name: "a session that was signed out is over, also for a copy of its cookie, and others go on",
    run: async (c) => {
      const { adminToken } = c.target;
      const made = (id: string) => {
        const value = `v2:${Date.now() + 3_600_000}:${id.repeat(32)}`;
        return sessionCookie(value, sessionSignature(value, adminToken), adminToken);
      };
      const [one, two] = [made("1"), made("2")];
      const statusWith = async (cookie: string) =>
        (await c.target.fetch("/", { headers: { cookie }, redirect: "manual" })).status;
      expect([await statusWith(one), await statusWith(two)]).toEqual([200, 200]);
      const init = { method: "POST", headers: { cookie: one }, redirect: "manual" } as const;
      expect((await c.target.fetch("/logout", init)).status).toBe(303);
      expect([await statusWith(one), await statusWith(two)]).toEqual([303, 200]);
    },
  },
  {
    name: "the session is found among several cookies of its name",
    run: async (c) => {
      const { adminToken } = c.target;
      const value = `v2:${Date.now() + 3_600_000}:${"3".repeat(32)}`;
      const cookie = sessionCookie(value, sessionSignature(value, adminToken), adminToken);
      const stale = `${cookie.split("=")[0]}=stale`;
      for (const both of [`${stale}; ${cookie}`, `${cookie}; ${stale}`]) {
        const answer = await c.target.fetch("/", { headers: { cookie: both }, redirect: "manual" });
        expect(answer.status).toBe(200);
      }
    },
  },
  {
    name: "the right token signs in, however many wrong ones came before",
    run: async (c) => {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const signIn = (token: string) =>
        c.target.fetch("/login", {
          method: "POST",
          body: new URLSearchParams({ token }).toString(),
          headers,
          redirect: "manual",
        });
      const statuses = await Promise.all(
        Array.from({ length: 25 }, async () => (await signIn("wrong")).status),
      );
      expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(10);
      expect(statuses).toContain(429);
      expect((await signIn(c.target.adminToken)).status).toBe(303);
    },
  },
];
