import { describe, expect, it } from "vitest";
import { belowBasePath } from "./base-path.js";
import { isMessagePath } from "./message-path.js";

describe("belowBasePath", () => {
  it.each([
    ["/hooks/webhooks", "/hooks", "/webhooks"],
    ["/hooks", "/hooks", "/"],
    ["/hooks/", "/hooks", "/"],
    ["/hooks?a=b", "/hooks", "/?a=b"],
    ["/hooks/?a", "/hooks", "/?a"],
    ["/hooksy/webhooks", "/hooks", "/hooksy/webhooks"],
    ["/hooks/hooks/x", "/hooks", "/hooks/x"],
    ["/webhooks", "/hooks", "/webhooks"],
    ["/", "/hooks", "/"],
    ["/HOOKS/x", "/hooks", "/HOOKS/x"],
    ["/anything", "", "/anything"],
  ])("of %s below %s is %s", (path, basePath, expected) => {
    expect(belowBasePath(path, basePath)).toBe(expected);
  });
});

describe("the path of messages below a base path", () => {
  it.each([
    "/hooks/webhooks",
    "/hooks/webhooks/",
    "/hooks/webhooks?a",
    "/webhooks",
    "http://x/hooks/webhooks",
  ])("%s is one", (url) => expect(isMessagePath(url, "/hooks")).toBe(true));
  it.each([
    "/hooks",
    "/hooks/webhook",
    "/hookswebhooks",
    "/hooks/hooks/webhooks",
    "/hooks//webhooks",
    "/other/webhooks",
  ])("%s is not", (url) => expect(isMessagePath(url, "/hooks")).toBe(false));
});
