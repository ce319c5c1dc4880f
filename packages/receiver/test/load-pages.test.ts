import { SigningSecrets } from "@sessionhook/core";
import { secret } from "@sessionhook/conformance/signed-message";
import { createReceiver } from "@sessionhook/receiver";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { Hono } from "hono";
import { expect, it } from "vitest";

const load = (loadPages: () => Promise<Hono>) => {
  const secrets = new SigningSecrets(secret);
  const receiver = createReceiver({
    store: createMemoryStore(),
    secrets,
    adminToken: "x".repeat(32),
    loadPages,
  });
  return async () => (await receiver.fetch(new Request("http://localhost:8787/page"))).status;
};
const pages = () => new Hono().get("/page", (c) => c.text("a page"));

it("loads the pages once for many requests", async () => {
  let loads = 0;
  const get = load(async () => {
    loads++;
    await new Promise((resolve) => setTimeout(resolve, 1));
    return pages();
  });
  expect(await Promise.all([get(), get(), get()])).toEqual([200, 200, 200]);
  expect(loads).toBe(1);
});

it("loads the pages again after a failure, such as for a lack of file descriptors", async () => {
  let loads = 0;
  const get = load(async () => {
    if (++loads === 1) throw Object.assign(new Error("too many open files"), { code: "EMFILE" });
    return pages();
  });
  expect([await get(), await get(), await get()]).toEqual([500, 200, 200]);
  expect(loads).toBe(2);
});
