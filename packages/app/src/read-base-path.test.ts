import { SigningSecrets } from "@sessionhook/core";
import { secret } from "@sessionhook/conformance/signed-message";
import { createInbox } from "@sessionhook/inbox";
import { createReceiver } from "@sessionhook/receiver";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { expect, it } from "vitest";
import { ownSegments, readBasePath } from "./read-base-path.js";

/** Patterns of all registered routes but the home page; the intake answers /webhooks before they do. */
async function routePaths(): Promise<string[]> {
  const store = createMemoryStore();
  const adminToken = "x".repeat(32);
  const receiver = createReceiver({
    store,
    secrets: new SigningSecrets(secret),
    adminToken,
    createSignInLink: async () => ({ path: "/login", expiresAt: 0 }),
    loadPages: async () => createInbox({ store, adminToken }).app,
  });
  const routes = [receiver.app, ...(await receiver.preload())].flatMap((app) => app.routes);
  const paths = routes.filter(({ method }) => method !== "ALL").map(({ path }) => path);
  return [...new Set(["/webhooks", ...paths])].filter((path) => path !== "/" && path !== "/*");
}

it("refuses every beginning of a registered route", async () => {
  const paths = await routePaths();
  expect(paths.length).toBeGreaterThan(50);
  for (const path of paths) {
    const segments = path.replaceAll(/:\w+(?:\{[^}]*\})?/g, "x").split("/");
    for (let length = 2; length <= segments.length; length++) {
      const beginning = segments.slice(0, length).join("/");
      expect(() => readBasePath(beginning), beginning).toThrow("path of the app");
    }
  }
});

it("has the first segment of every registered route, and no other", async () => {
  const first = (await routePaths()).map((path) => path.split("/")[1] ?? "");
  expect([...ownSegments].toSorted()).toEqual([...new Set(first)].toSorted());
});

it.each(["/hooks", "/livestream", "/api/sessionhook", "/webhooks/identity", "/live/hooks", "/status/hooks"])(
  "accepts %s, which no route has",
  (path) => expect(readBasePath(path)).toBe(path),
);
