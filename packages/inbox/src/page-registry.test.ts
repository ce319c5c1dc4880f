import { createMemoryStore } from "@sessionhook/stores/memory";
import { expect, test } from "vitest";
import { createInbox } from "./inbox.js";
import { navigationPages, registeredPages } from "./page-registry.js";

/** Routes that people open without being signed in. */
const open = /^\/(?:login(?:\/once)?|assets\/.*|\*)$/;
/** Routes of the script, which are no pages. */
const data = /^\/live\//;

test("the registry names every page that has a route, and no other", () => {
  const { app } = createInbox({ store: createMemoryStore(), adminToken: "token" });
  const routes = app.routes.filter(
    ({ method, path }) => method === "GET" && !open.test(path) && !data.test(path),
  );
  expect([...new Set(routes.map(({ path }) => path))].toSorted()).toEqual(
    registeredPages.map(({ path }) => path).toSorted(),
  );
});

test("the navigation links to pages that need no parameter", () => {
  for (const facts of [true, false]) {
    for (const { path } of navigationPages({ facts })) expect(path).not.toContain(":");
  }
  const titles = (facts: boolean) => navigationPages({ facts }).map(({ title }) => title);
  expect(titles(true).slice(0, 5)).toEqual(["Sessions", "People", "Companies", "Attribution", "Events"]);
  expect(titles(false)[0]).toBe("Events");
});
