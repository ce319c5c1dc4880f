import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { constants, gunzipSync } from "node:zlib";
import { configure, type LogRecord, reset } from "@logtape/logtape";
import { noIssues, StoreError } from "@sessionhook/core";
import { openSqliteStore } from "@sessionhook/stores/sqlite";
import { Outages } from "../outages.js";
import type { RunningConfig } from "./running-config.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
// The built one: a worker thread has no TypeScript loader.
import { DeliveryThread } from "../../dist/delivery/delivery-thread.js";

/** Long enough for a thread to start on a busy machine: it answers nothing meanwhile. */
const times = { pingMs: 20, unresponsiveMs: 4000, restartMs: 20, longestRestartMs: 200, closeMs: 2000 };
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
  return run(writeConfig("js", source, "code: code"));
}

function writeConfig(ext: string, text: string, destination: string): RunningConfig {
  const file = join(folder, `sessionhook.config.${ext}`);
  writeFileSync(file, text);
  return { file, text, references: new Map(), destinations: [destination] };
}

async function run(config: RunningConfig, own = times): Promise<DeliveryThread> {
  thread = new DeliveryThread({
    path,
    config,
    logLevel: "silent",
    onAttempts: () => undefined,
    outages: new Outages(),
    onLongLog: () => undefined,
    turns: new SharedArrayBuffer(8),
    times: own,
  });
  await runs(thread);
  return thread;
}

/** Waits until the thread answers. */
const runs = (running: DeliveryThread) =>
  vi.waitFor(() => running.call("dryRun", { destinations: ["code"], kind: "all", rate: 1 }), patience);

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

/** Returns the text of a file that may still be written. */
const unzipped = (file: string) =>
  gunzipSync(readFileSync(file), { finishFlush: constants.Z_SYNC_FLUSH }).toString();

/** Ends the thread, as if it did not respond. */
async function end(running: DeliveryThread, own: { unresponsiveMs: number }): Promise<void> {
  own.unresponsiveMs = 0;
  await vi.waitFor(
    () => expect(running.call("test", "code")).rejects.toMatchObject({ code: "store_unavailable" }),
    patience,
  );
  own.unresponsiveMs = times.unresponsiveMs;
}

describe("the delivery thread", { timeout: 40_000 }, () => {
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
    // The delivery thread answers no ping meanwhile.
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

  it("delivers with the JSON configuration of the start, whatever is in the file when it starts again", async () => {
    const source = JSON.stringify({ destinations: { code: { type: "files", path: join(folder, "files") } } });
    const config = writeConfig("json", source, "code: files");
    const own = { ...times };
    const running = await run(config, own);
    const stored = (id: string) =>
      vi.waitFor(() => {
        const names = readdirSync(join(folder, "files"));
        expect(names.map((name) => unzipped(join(folder, "files", name))).join()).toContain(id);
      }, patience);
    await send("good1");
    await stored("good1");
    writeConfig("json", source.slice(0, 20), "code: files");
    await end(running, own);
    await send("good2");
    await stored("good2");
  });

  it("delivers nothing with an edited module, and goes on when the file is as before", async () => {
    const running = await start("process.exit(3);");
    const file = join(folder, "sessionhook.config.js");
    const source = readFileSync(file, "utf8");
    const others = source.replace("destinations: { code:", "destinations: { other:");
    const edited = source.replace("idempotencyKey +", '"edited " + idempotencyKey +');
    for (const [id, wrong] of [
      ["good1", others],
      ["good2", "export default {"],
      ["good3", edited],
      ["good4", `${source}\n`],
    ] as const) {
      const before = starts();
      writeFileSync(file, wrong);
      await running.call("test", "code").catch(() => undefined);
      await send(id);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect(got()).not.toContain(id);
      await expect(running.call("test", "code")).rejects.toMatchObject({ code: "store_unavailable" });
      // With growing pauses.
      expect(starts() - before).toBeLessThan(15);
      writeFileSync(file, source);
      await gets(id);
    }
    expect(got().filter((line) => line.startsWith("edited"))).toEqual([]);
  });

  it("signs with the secrets of the start, whatever is in their files when it starts again", async () => {
    const secretFile = join(folder, "secret");
    const source = `import { appendFileSync } from "node:fs";
      const handle = (event, { idempotencyKey }) => appendFileSync(${JSON.stringify(join(folder, "got"))}, idempotencyKey + "\\n");
      const secret = { file: ${JSON.stringify(secretFile)} };
      export default { destinations: {
        code: { type: "code", handle },
        http: { type: "http", url: "https://hooks.example/", secret },
      } };`;
    const config = writeConfig("js", source, "code: code");
    const references = new Map([[secretFile, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]]);
    await run({ ...config, references, destinations: ["code: code", "http: http"] });
    await send("good1");
    await gets("good1");
    expect(got()).toContain("good1");
  });

  it("delivers nothing with a module whose destinations change with what it imports", async () => {
    const other = join(folder, "name.js");
    writeFileSync(other, 'export default "code";');
    const config = writeConfig(
      "js",
      `import name from "./name.js";
      export default { destinations: { [name]: { type: "code", handle: () => process.exit(3) } } };`,
      "code: code",
    );
    const running = await run(config);
    writeFileSync(other, 'export default "other";');
    await running.call("test", "code").catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await expect(running.call("test", "code")).rejects.toMatchObject({ code: "store_unavailable" });
    writeFileSync(other, 'export default "code";');
    await runs(running);
  });

  it("completes the file that it was writing before it ended", async () => {
    const archive = join(folder, "archive");
    const text = `export default { destinations: {
      code: { type: "code", handle: (event) => { if (event.id === "bad") process.exit(3); } },
      files: { type: "files", path: ${JSON.stringify(archive)} } } };`;
    await run(writeConfig("js", text, "code: code,files: files"));
    const files = () => (existsSync(archive) ? readdirSync(archive) : []);
    await send("good1");
    await vi.waitFor(() => expect(files()).toEqual([expect.stringMatching(/\.part$/)]), patience);
    await send("bad");
    await vi.waitFor(() => expect(files()).toContainEqual(expect.stringMatching(/\.gz$/)), patience);
  });

  describe("logs once", () => {
    const records: LogRecord[] = [];
    beforeEach(() =>
      configure({
        sinks: { records: (record) => void records.push(record) },
        loggers: [
          { category: "sessionhook", sinks: ["records"] },
          { category: ["logtape", "meta"], sinks: [] },
        ],
      }),
    );
    afterEach(async () => {
      await reset();
      records.length = 0;
    });
    const lines = (text: string) =>
      records.filter(({ rawMessage }) => String(rawMessage).includes(text)).map(({ level }) => level);

    it("that it cannot open the database, with growing pauses, and that it runs again", async () => {
      const good = path;
      path = join(folder, "moved.db");
      writeFileSync(path, "not a database ".repeat(1000));
      const starting = start();
      await vi.waitFor(() => expect(lines("cannot start")).toEqual(["error"]), patience);
      const before = starts();
      await new Promise((resolve) => setTimeout(resolve, 3000));
      const begun = starts() - before;
      expect(begun).toBeGreaterThan(2);
      expect(begun).toBeLessThan(15);
      expect(records.map(({ rawMessage }) => rawMessage)).toHaveLength(1);
      expect(records[0]?.properties).toMatchObject({ code: "store_foreign" });
      // In one step: a missing file would be another reason.
      const made = join(folder, "made.db");
      await (await openSqliteStore({ path: made })).close();
      renameSync(made, path);
      await starting;
      await vi.waitFor(() => expect(lines("runs again")).toEqual(["info"]), patience);
      expect(records).toHaveLength(2);
      path = good;
    });

    it("that the configuration file has been edited", async () => {
      const running = await start("process.exit(3);");
      const file = join(folder, "sessionhook.config.js");
      writeFileSync(file, `${readFileSync(file, "utf8")}\n`);
      await running.call("test", "code").catch(() => undefined);
      await vi.waitFor(() => expect(lines("nothing is delivered")).toEqual(["error"]), patience);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(lines("nothing is delivered")).toHaveLength(1);
      expect(records.at(-1)?.properties).toEqual({
        file,
        problem: "it has been edited since the app was started",
      });
    });

    it("that it does not respond, although it does not end", async () => {
      const pipe = join(folder, "pipe");
      expect(spawnSync("sh", ["-c", `mkfifo "$0"`, pipe]).status).toBe(0);
      const running = await start(`(await import("node:fs")).readFileSync(${JSON.stringify(pipe)});`);
      const called = running.call("test", "code").catch((error: unknown) => error);
      await vi.waitFor(() => expect(lines("does not respond")).toHaveLength(1), patience);
      // For many pings.
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(lines("does not respond")).toHaveLength(1);
      // The call of the system returns.
      writeFileSync(pipe, "");
      expect(await called).toMatchObject({ code: "store_unavailable" });
      await runs(running);
      expect(lines("is restarted")).toEqual(["error"]);
    });
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
