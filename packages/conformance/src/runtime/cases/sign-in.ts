import { expect } from "vitest";
import type { RuntimeCase } from "../case.js";
import { sessionCookie, sessionSignature } from "../session-cookie.js";

const event = '{"type":"admin.case"}';

/** Signing in to the inbox, and its sessions. */
export const signInCases: readonly RuntimeCase[] = [
  {
    name: "the inbox requires a sign-in, accepts the token, and shows the events",
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
      const page = await c.target.fetch("/events", { headers: { cookie: cookie.split(";")[0] as string } });
      expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(await page.text()).toContain(id);
    },
  },
  {
    name: "the inbox rejects a wrong token",
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
    name: "the inbox rejects a cookie that is forged, altered, cut or expired",
    run: async (c) => {
      const { adminToken } = c.target;
      const statusWith = async (cookie: string) =>
        (await c.target.fetch("/events", { headers: { cookie }, redirect: "manual" })).status;
      const id = "0".repeat(32);
      const inAnHour = `v2:${Date.now() + 3_600_000}:${id}`;
      const later = `v2:${Date.now() + 7_200_000}:${id}`;
      const anHourAgo = `v2:${Date.now() - 3_600_000}:${id}`;
      const good = sessionSignature(inAnHour, adminToken);
      const cookie = (value: string, signature = sessionSignature(value, adminToken)) =>
        sessionCookie(value, signature, adminToken);
      // A valid cookie must be accepted, or the rejection of the others proves nothing.
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
    name: "a session that was signed out is over, also for a copy of its cookie, and others continue",
    run: async (c) => {
      const { adminToken } = c.target;
      const made = (id: string) => {
        const value = `v2:${Date.now() + 3_600_000}:${id.repeat(32)}`;
        return sessionCookie(value, sessionSignature(value, adminToken), adminToken);
      };
      const [one, two] = [made("1"), made("2")];
      const statusWith = async (cookie: string) =>
        (await c.target.fetch("/events", { headers: { cookie }, redirect: "manual" })).status;
      expect([await statusWith(one), await statusWith(two)]).toEqual([200, 200]);
      const init = { method: "POST", headers: { cookie: one }, redirect: "manual" } as const;
      expect((await c.target.fetch("/logout", init)).status).toBe(303);
      expect([await statusWith(one), await statusWith(two)]).toEqual([303, 200]);
    },
  },
  {
    name: "the session is found among as many cookies of its name as the headers hold",
    run: async (c) => {
      const { adminToken } = c.target;
      const value = `v2:${Date.now() + 3_600_000}:${"3".repeat(32)}`;
      const signature = sessionSignature(value, adminToken);
      const cookie = sessionCookie(value, signature, adminToken);
      // Another subdomain can set them for all.
      const stale = `${cookie.split("=")[0]}=stale`;
      const forged = sessionCookie(value, sessionSignature(value, `${adminToken}x`), adminToken);
      for (const other of [stale, forged]) {
        const others = Array.from({ length: Math.floor(14_000 / (other.length + 2)) }, () => other);
        for (const all of [
          [other, cookie],
          [cookie, other],
          [...others, cookie],
          [cookie, ...others],
        ]) {
          const init = { headers: { cookie: all.join("; ") }, redirect: "manual" } as const;
          const what = `${all.length} cookies`;
          expect((await c.target.fetch("/events", init)).status, what).toBe(200);
        }
      }
    },
  },
  {
    name: "a form of another site can neither sign in nor sign out",
    run: async (c) => {
      const { adminToken } = c.target;
      const value = `v2:${Date.now() + 3_600_000}:${"4".repeat(32)}`;
      const cookie = sessionCookie(value, sessionSignature(value, adminToken), adminToken);
      const post = (path: string, headers: Record<string, string>) =>
        c.target.fetch(path, {
          method: "POST",
          body: new URLSearchParams({ token: adminToken }).toString(),
          headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
          redirect: "manual",
        });
      for (const headers of [
        { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
        { "sec-fetch-site": "same-site" },
        { origin: "https://evil.example" },
        { origin: "null" },
      ] as Record<string, string>[]) {
        const what = JSON.stringify(headers);
        for (const path of ["/login", "/logout"]) {
          const answer = await post(path, { cookie, ...headers });
          expect([answer.status, answer.headers.get("set-cookie")], `${path} ${what}`).toEqual([403, null]);
        }
        expect((await c.target.fetch("/events", { headers: { cookie }, redirect: "manual" })).status).toBe(
          200,
        );
      }
      expect((await post("/logout", { cookie, "sec-fetch-site": "same-origin" })).status).toBe(303);
      expect((await c.target.fetch("/events", { headers: { cookie }, redirect: "manual" })).status).toBe(303);
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
