import { createSimulator } from "@sessionhook/simulator";
import { expect, it } from "vitest";
import { type AppCommand, adminToken } from "./app-process.js";
import { useApps } from "./use-apps.js";

const simulator = createSimulator({ seed: 12, now: Date.now() });
const form = { "content-type": "application/x-www-form-urlencoded" };

/** Tests an app below a path, behind a proxy that removes the path from requests and behind one that does not. */
export function describeBasePath(command: AppCommand): void {
  const make = useApps(command);

  it("serves everything below SESSIONHOOK_BASE_PATH, and without it", async () => {
    const app = await make({ SESSIONHOOK_BASE_PATH: "/hooks/" }).start();
    expect(app.origin).toMatch(/:\d+\/hooks$/);
    expect(app.output).toMatch(/SESSIONHOOK_BASE_PATH=\/hooks npm run sessionhook -- send/);
    const bare = app.origin.slice(0, -"/hooks".length);
    for (const origin of [app.origin, bare]) {
      const { id, body } = simulator.next();
      app.origin = origin;
      expect(await (await app.send(id, body)).json()).toEqual({ status: "accepted", id });
      expect((await app.api(`/events/${id}`)).status).toBe(200);
      expect((await fetch(`${origin}/healthz`)).status).toBe(200);
      expect((await fetch(`${origin}/readyz`)).status).toBe(200);
      const page = await fetch(`${origin}/`, { redirect: "manual" });
      expect([page.status, page.headers.get("location")]).toEqual([303, "/hooks/login"]);
      const signIn = await fetch(`${origin}/login`, {
        method: "POST",
        body: `token=${adminToken}&next=/events/${id}`,
        headers: form,
        redirect: "manual",
      });
      expect(signIn.headers.get("location")).toBe(`/hooks/events/${id}`);
      const cookie = signIn.headers.get("set-cookie") ?? "";
      expect(cookie).toContain("Path=/hooks;");
      const event = await fetch(`${origin}/events/${id}`, {
        headers: { cookie: cookie.split(";")[0] as string },
      });
      expect(await event.text()).toMatch(/href="\/hooks\/assets\/inbox/);
    }
    expect((await fetch(`${bare}/hooks`, { redirect: "manual" })).status).toBe(303);
    for (const path of ["/hookswebhooks", "/other/webhooks", "/hooks/hooks/webhooks", "/hook/healthz"])
      expect((await fetch(`${bare}${path}`, { method: "POST" })).status).toBe(404);
  });

  it("uses X-Forwarded-Prefix for links, and nothing else", async () => {
    const app = await make().start();
    const headers = { "x-forwarded-prefix": "/hooks" };
    const page = await fetch(`${app.origin}/`, { headers, redirect: "manual" });
    expect(page.headers.get("location")).toBe("/hooks/login");
    expect((await fetch(`${app.origin}/hooks/healthz`, { headers })).status).toBe(404);
    expect((await fetch(`${app.origin}/api/stats`, { headers })).status).toBe(401);
  });
}
