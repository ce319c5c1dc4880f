import { expect, test } from "vitest";
import { loginPath, safeNextPath } from "./next-path.js";

test.each([
  "/",
  "/?status=conflict&q=evt_%25",
  "/events/evt_1",
  "/events/evt%2F1?version=2",
  "/events/a/raw",
])("%s is a place to go", (path) => expect(safeNextPath(path)).toBe(path));

test.each([
  undefined,
  "",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/.//evil.example",
  "/events/..//evil.example",
  "/events//evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "\\\\evil.example",
  " //evil.example",
  "/login/once?code=1",
  "/logout",
  "events/1",
  "http://[",
])("%j leads to the list instead", (path) => expect(safeNextPath(path)).toBe("/"));

test("the way back survives the query string", () => {
  const next = "/?q=a%26b&status=conflict";
  expect(new URL(loginPath(next), "http://x").searchParams.get("next")).toBe(next);
  expect(loginPath("/")).toBe("/login");
});
