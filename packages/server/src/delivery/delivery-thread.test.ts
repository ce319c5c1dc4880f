import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noIssues, StoreError } from "@sessionhook/core";
import { openSqliteStore } from "@sessionhook/stores/sqlite";
import { Outages } from "../outages.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
// The built one: a worker thread has no TypeScript loader.
import { DeliveryThread } from "../../dist/delivery/delivery-thread.js";

/** Long enough for a thread to start on a busy machine: it answers nothing meanwhile. */
const times = { pingMs: 20, unresponsiveMs: 4000, restartMs: 20, closeMs: 2000 };
const patience = { timeout: 20_000, interval: 20 };

let folder = "";
let path = "";
let events: Awaited<ReturnType<typeof openSqliteStore>>;
let thread: DeliveryThread | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "delivery-thread-"));
  path = join(folder, "events.db");
  events = await openSqliteStore({ path });
});
afterEach(async () => {
  await thread?.stop(0);
  thread = undefined;
  await events.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a thread with a handler that writes the ids it got to a file, and then does this, except with good ones. */
async function start(fault = ""): Promise<DeliveryThread> {
  const source = `import { appendFileSync } from "node:fs";
    appendFileSync(${JSON.stringify(join(folder, "started"))}, "x");
    export default { destinations: { code: { type: "code", handle: async (event, { idempotencyKey }) => {
      appendFileSync(${JSON.stringify(join(folder, "got"))}, idempotencyKey + "\\n");
      if (!idempotencyKey.startsWith("good")) { ${fault} }
    } } } };`;
  const configFile = join(folder, "sessionhook.config.js");
  writeFileSync(configFile, source);
  thread = new DeliveryThread({
    path,
    configFile,
    logLevel: "silent",
    onAttempts: () => undefined,
    outages: new Outages(),
    onLongLog: () => undefined,
    turns: new SharedArrayBuffer(8),
    times,
  });
  // It answers once it is running.
  await thread.call("dryRun", { destinations: ["code"], kind: "all", rate: 1 });
  return thread;
}

async function send(id: string): Promise<void> {
  const raw = new TextEncoder().encode(`{"type":"t","id":"${id}"}`);
  const received = { raw, receivedAt: Date.now(), attemptTimestamp: 0, signature: "" };
  await events.append([{ id, type: "t", status: "accepted", ...noIssues, ...received }]);
  thread?.committed(1);
}

const starts = () => readFileSync(join(folder, "started"), "utf8").length;
const got = () =>
  existsSync(join(folder, "got")) ? readFileSync(join(folder, "got"), "utf8").split("\n").slice(0, -1) : [];
const gets = (id: string) => vi.waitFor(() => expect(got()).toContain(id), patience);
const forEver = "for (;;);";

describe("the delivering thread", { timeout: 40_000 }, () => {
  it("delivers what is committed", async () => {
    const running = await start();
    await send("good1");
    await gets("good1");
    expect(await running.call("test", "code")).toEqual({ outcome: "delivered" });
    await expect(running.call("test", "other")).rejects.toMatchObject({ name: "DescribedError" });
  });

  it.each([
    ["ends", "process.exit(3);"],
    [
      "fails",
      // An error of a handler does not end it.
      "process.removeAllListeners('uncaughtException'); setTimeout(() => { throw new Error('x'); }); await new Promise(() => {});",
    ],
    ["does not respond", forEver],
  ])("that %s is started again, and its calls are rejected", async (_, fault) => {
    const running = await start(fault);
    // The sample event is not good.
    const error: unknown = await running.call("test", "code").catch((error: unknown) => error);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ code: "store_unavailable" });
    const [begun] = got();
    expect(begun).toBeDefined();
    // The delivering thread answers no ping meanwhile.
    await expect(running.call("test", "code")).rejects.toMatchObject({ code: "store_unavailable" });
    await send("good1");
    await gets("good1");
    await vi.waitFor(
      async () =>
        expect(await running.call("dryRun", { destinations: ["code"], kind: "all", rate: 1 })).toBeDefined(),
      patience,
    );
    await send("good2");
    await gets("good2");
    expect(starts()).toBe(2);
  });

  it("whose handlers leave errors behind goes on", async () => {
    const running = await start(
      "setTimeout(() => { throw new Error('x'); }); void Promise.reject(new Error('y'));",
    );
    expect(await running.call("test", "code")).toEqual({ outcome: "delivered" });
    await send("bad1");
    await gets("bad1");
    await send("good1");
    await gets("good1");
    expect(await running.call("test", "code")).toEqual({ outcome: "delivered" });
    expect(starts()).toBe(1);
  });

  it("that is busy for a while is not ended", async () => {
    const running = await start("for (const end = Date.now() + 600; Date.now() < end;);");
    expect(await running.call("test", "code")).toEqual({ outcome: "delivered" });
    await send("good1");
    await gets("good1");
    expect(starts()).toBe(1);
  });

  it("is not ended because this thread was blocked", async () => {
    const running = await start();
    // In a timer, so that the due ping comes before the answers that have arrived.
    await new Promise<void>((resolve) => {
      setTimeout(() => {
        for (const end = Date.now() + 5000; Date.now() < end;);
        setTimeout(resolve, 1500);
      }, 50);
    });
    expect(await running.call("test", "code")).toEqual({ outcome: "delivered" });
    expect(starts()).toBe(1);
  });

  it.each([
    ["nothing under way", "", 3500],
    ["a handler that never returns", "await new Promise(() => {});", 3500],
    ["a handler that blocks it", forEver, 3500],
    [
      "a handler that fails meanwhile",
      "setTimeout(() => { throw new Error('x'); }, 600);  await new Promise(() => {});",
      3500,
    ],
  ])("stops within its time with %s", async (_, fault, most) => {
    const running = await start(fault);
    await send("bad1");
    await gets("bad1");
    const began = performance.now();
    await running.stop(1000);
    expect(performance.now() - began).toBeLessThan(most);
    await expect(running.call("test", "code")).rejects.toMatchObject({ code: "store_unavailable" });
    await running.stop(1000);
    // It is not started again.
    await send("good1");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(got()).toEqual(["bad1"]);
  });
});
