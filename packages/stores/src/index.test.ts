import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationError } from "@sessionhook/core";
import { expect, it } from "vitest";
import { openDeliveryStore, openFactStore, openStore } from "./index.js";

it("opens a store by its address", async () => {
  const folder = mkdtempSync(join(tmpdir(), "open-store-"));
  for (const address of ["memory:", `sqlite:${join(folder, "events.db")}`]) {
    const store = await openStore(address);
    expect(await store.stats()).toMatchObject({ accepted: 0 });
    await store.close();
  }
  rmSync(folder, { recursive: true });
});

it.each(["postgres://u:hunter2@h/d", "", "sqlite", "constructor:", "__proto__:x"])(
  "knows no driver for %j, and quotes no password",
  async (address) => {
    const failure = await openStore(address).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ConfigurationError);
    expect(String(failure)).not.toContain("hunter2");
  },
);

it("opens the delivery store of an address, where there is one", async () => {
  const folder = mkdtempSync(join(tmpdir(), "open-store-"));
  for (const address of ["memory:", `sqlite:${join(folder, "events.db")}`]) {
    const store = await openStore(address);
    const deliveries = await openDeliveryStore(address, store);
    expect(await deliveries?.lag()).toBe(0);
    await deliveries?.close();
    await store.close();
  }
  rmSync(folder, { recursive: true });
  for (const address of ["d1:DB", "dynamodb:events"])
    expect(await openDeliveryStore(address)).toBeUndefined();
  await expect(openDeliveryStore("memory:")).rejects.toThrow(ConfigurationError);
});

it("opens the fact store of an address, where there is one", async () => {
  const folder = mkdtempSync(join(tmpdir(), "open-store-"));
  for (const address of ["memory:", `sqlite:${join(folder, "events.db")}`]) {
    const store = await openStore(address);
    const facts = await openFactStore(address, store);
    expect(await facts?.status()).toMatchObject({ sessions: 0 });
    await facts?.close();
    await store.close();
  }
  rmSync(folder, { recursive: true });
  for (const address of ["d1:DB", "dynamodb:events"]) expect(await openFactStore(address)).toBeUndefined();
  await expect(openFactStore("memory:")).rejects.toThrow(ConfigurationError);
});
