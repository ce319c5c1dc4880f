import { createMemoryStore } from "@sessionhook/stores/memory";
import { expect, test } from "vitest";
import { createInbox } from "./inbox.js";
import { navigationPages, registeredPages } from "./page-registry.js";

/** Routes that people open without being signed in. */
const open = /^\/(?:login(?:\/once)?|assets\/.*|\*)$/;

test("the registry names every page that has a route, and no other", () => {
  const { app } = createInbox({ store: createMemoryStore(), adminToken: "token" });
  const routes = app.routes.filter(({ method, path }) => method === "GET" && !open.test(path));
  expect([...new Set(routes.map(({ path }) => path))].toSorted()).toEqual(
    registeredPages.map(({ path }) => path).toSorted(),
  );
});

test("the navigation links to pages that need no parameter", () => {
  expect(navigationPages.map(({ path }) => path)).toContain("/");
  for (const { path } of navigationPages) expect(path).not.toContain(":");
});
