import { expect, test } from "vitest";
import { registeredPages } from "../page-registry.js";
import { loginPath, safeNextPath } from "./next-path.js";

test.each([
  "/",
  "/?status=conflict&q=evt_%25",
  "/events/evt_1",
  "/events/evt%2F1?version=2",
  "/events/a/raw",
  "/people?key=linkedin:https://www.linkedin.com/in/jane",
  "/people/linkedin:https:/www.linkedin.com/in/jane",
])("%s is followed after sign-in", (path) => expect(safeNextPath(path)).toBe(path));

test.each(registeredPages)("$path of the page registry is a place to go", ({ path }) => {
  const address = path.replaceAll(/:\w+(?:\{.*?\})?/g, "a%20b");
  expect(safeNextPath(`${address}?x=1`)).toBe(`${address}?x=1`);
});

test.each([
  undefined,
  "",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/.//evil.example",
  "/events/..//evil.example",
  "/events//evil.example",
  "/people//evil.example",
  "/people/",
  "https://evil.example/",
  "javascript:alert(1)",
  "\\\\evil.example",
  " //evil.example",
  "/login/once?code=1",
  "/logout",
  "/events/",
  "/events/a/raw/b",
  "/events/a/other",
  "/unknown",
  "events/1",
  "http://[",
])("%j is replaced by the list", (path) => expect(safeNextPath(path)).toBe("/"));

test("the path is preserved in the query string of the sign-in page", () => {
  const next = "/?q=a%26b&status=conflict";
  expect(new URL(loginPath(next), "http://x").searchParams.get("next")).toBe(next);
  expect(loginPath("/")).toBe("/login");
});
