import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  unlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { deliveryItem, noDeadline } from "@sessionhook/conformance/destination-suite";
import type { DeliveryItem } from "@sessionhook/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readFiles } from "../../test/read-files.js";
import { drivers } from "../registry.js";
import type { FilesConfig } from "./config.js";
import { compress, wholeMembers } from "./gzip-members.js";
import { canLock, lockFile } from "./lock-file.js";
import { PartFile } from "./part-file.js";

let root = "";
const archive = () => join(root, "deep", "archive");
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "sessionhook-rotation-"));
});
afterEach(() => rm(root, { recursive: true }));

const open = (config: Partial<FilesConfig> = {}, now = Date.now) =>
  drivers.files.create({ path: "deep/archive", ...config }, { name: "archive", folder: root, now });

async function sendAll(config: Partial<FilesConfig>, ...items: DeliveryItem[]): Promise<void> {
  const destination = await open(config);
  const outcomes = await destination.send(items, noDeadline);
  expect(outcomes).toEqual(items.map(() => ({ outcome: "delivered" })));
  await destination.close();
}

const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
const complete = async () => (await readdir(archive())).filter((name) => name.endsWith(".gz"));
const parts = async () => (await readdir(archive())).filter((name) => name.endsWith(".part"));

describe("the lines", () => {
  it("have the received JSON as it is", async () => {
    const text = '{\n  "big": 12345678901234567890.10,\r\n "é": "\\u2028\\n"\n}';
    const item = deliveryItem({ raw: new TextEncoder().encode(text) });
    await sendAll({}, item);
    const [name = ""] = await complete();
    const { gunzipSync } = await import("node:zlib");
    const written = gunzipSync(await readFile(join(archive(), name))).toString();
    expect(written).toBe(
      `{"id":"${item.event.id}","type":"identity.session.finalized","status":"accepted",` +
        `"receivedAt":"2026-06-01T12:00:00.000Z","event":{   "big": 12345678901234567890.10,   "é": "\\u2028\\n" }}\n`,
    );
  });

  it.each([
    ["no JSON", new TextEncoder().encode("no\njson")],
    ["no UTF-8", Uint8Array.of(0x22, 0xff, 0x22)],
    ["a byte order mark", new TextEncoder().encode("\ufeff{}")],
    ["nothing", new Uint8Array()],
  ])("have base64 of bytes that are %s", async (_, raw) => {
    await sendAll({}, deliveryItem({ raw }));
    const [line] = await readFiles(archive());
    expect(line?.["rawBase64"]).toBe(Buffer.from(raw).toString("base64"));
    expect(line).not.toHaveProperty("event");
  });

  it("name the sample event of a test", async () => {
    const test = { ...deliveryItem(), deliveryId: "test" };
    for (const body of ["raw", "flat"] as const) {
      await sendAll({ body }, test, deliveryItem());
      const [line, live] = await readFiles(archive());
      expect(line).toMatchObject({ id: test.event.id, test: true });
      expect(live).not.toHaveProperty("test");
      await rm(archive(), { recursive: true });
    }
  });

  it("have the facts, or a map of them", async () => {
    const item = deliveryItem();
    await sendAll({ body: "flat" }, item, deliveryItem({ facts: undefined }));
    const [line, without] = await readFiles(archive());
    expect(line).toMatchObject({ id: item.event.id, status: "accepted", ...item.facts });
    expect(without).toMatchObject({ status: "accepted" });
    await rm(archive(), { recursive: true });
    await sendAll({ body: { map: { mail: "{{person.email}}" } } }, item);
    expect(await readFiles(archive())).toEqual([{ mail: item.facts?.personEmail }]);
    await rm(archive(), { recursive: true });
    const destination = await open({ body: { map: { mail: "{{person.email}}" } } });
    expect(await destination.send([deliveryItem({ facts: undefined }), item], noDeadline)).toEqual([
      { outcome: "skipped", reason: { code: "no_facts" } },
      { outcome: "delivered" },
    ]);
    expect(await destination.send([deliveryItem({ facts: undefined })], noDeadline)).toEqual([
      { outcome: "skipped", reason: { code: "no_facts" } },
    ]);
    await destination.close();
    expect(await readFiles(archive())).toEqual([{ mail: item.facts?.personEmail }]);
  });
});

describe("the files", () => {
  it("are private, and so is their folder", async () => {
    await sendAll({}, deliveryItem());
    expect(await mode(archive())).toBe("700");
    expect(await mode(join(root, "deep"))).toBe("700");
    const [name = ""] = await complete();
    expect(await mode(join(archive(), name))).toBe("600");
    expect(name).toMatch(/^archive-\d{8}T\d{6}Z-[0-9a-f]{8}\.ndjson\.gz$/);
  });

  it("are finished by size", async () => {
    const destination = await open({ maxBytes: 1024 });
    for (let i = 0; i < 10; i += 1) await destination.send([deliveryItem()], noDeadline);
    expect((await complete()).length).toBeGreaterThan(1);
    expect((await parts()).length).toBeLessThanOrEqual(1);
    await destination.close();
    expect(await parts()).toEqual([]);
    expect(await readFiles(archive())).toHaveLength(10);
  });

  it("are finished by age without another event", async () => {
    const destination = await open({ maxAgeSeconds: 1 });
    await destination.send([deliveryItem()], noDeadline);
    expect(await complete()).toEqual([]);
    await expect.poll(complete).toHaveLength(1);
    expect(await parts()).toEqual([]);
    await destination.close();
    expect(await readFiles(archive())).toHaveLength(1);
  });

  it("are not visible before they are complete", async () => {
    const destination = await open();
    await destination.send([deliveryItem()], noDeadline);
    expect(await complete()).toEqual([]);
    expect(await parts()).toHaveLength(1);
    await destination.close();
  });

  it("are deleted where the first write has failed", async () => {
    const part = await PartFile.create(archive(), "archive-x.ndjson.gz");
    expect(await parts()).toHaveLength(1);
    await part.finish();
    expect(await readdir(archive())).toEqual([]);
  });

  it("have no rest of a write that failed", async () => {
    const part = await PartFile.create(archive(), "archive-x.ndjson.gz");
    await part.append(await compress('{"id":"a"}\n'));
    const [name = ""] = await parts();
    await appendFile(join(archive(), name), "half a member");
    await part.finish();
    expect(await readFiles(archive())).toEqual([{ id: "a" }]);
    expect((await stat(join(archive(), "archive-x.ndjson.gz"))).size).toBe(part.size);
  });

  it("are not created without events", async () => {
    const destination = await open();
    await destination.close();
    await expect(readdir(archive())).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("are replaced by a new one when the current one is deleted", async () => {
    const destination = await open();
    await destination.send([deliveryItem()], noDeadline);
    for (const name of await parts()) await unlink(join(archive(), name));
    const item = deliveryItem();
    await destination.send([item], noDeadline);
    await destination.close();
    expect((await readFiles(archive())).map(({ id }) => id)).toEqual([item.event.id]);
  });
});

describe("a part that an ended process has left", () => {
  const member = (id: string) => gzipSync(`{"id":"${id}"}\n`);
  const old = new Date(Date.now() - 100 * 86_400_000);
  /** Leaves a part; the process id is larger than any. */
  const leave = async (name: string, bytes: Buffer, at?: Date) => {
    await mkdir(archive(), { recursive: true });
    await writeFile(join(archive(), name), bytes);
    if (at !== undefined) await utimes(join(archive(), name), at, at);
  };
  const name = (process: number | string, host: string) =>
    `archive-20260601T120000Z-aaaaaaaa.ndjson.gz.${host}-${process}.part`;
  const host = async () =>
    (await import("node:os"))
      .hostname()
      .replaceAll(/[^\w-]/g, "")
      .slice(0, 40);

  it.each([
    ["whole", 0],
    ["with a torn end", 20],
    ["with half a header", 2],
  ])("is completed: %s", async (_, torn) => {
    const bytes = Buffer.concat([member("a"), member("b"), member("c").subarray(0, torn)]);
    await leave(name(999_999_999, await host()), bytes);
    await sendAll({}, deliveryItem({ id: "z" }));
    expect((await readFiles(archive())).map(({ id }) => id)).toEqual(["a", "b", "z"]);
    expect(await parts()).toEqual([]);
  });

  it("is completed by a new destination before its first event", async () => {
    await leave(name(999_999_999, await host()), member("a"));
    const destination = await open();
    await expect.poll(complete).toHaveLength(1);
    expect(await parts()).toEqual([]);
    expect((await readFiles(archive())).map(({ id }) => id)).toEqual(["a"]);
    await destination.close();
  });

  it("does not fail a new destination that cannot read the folder, and is completed with the next file", async () => {
    const part = name(999_999_999, await host());
    await leave(part, member("a"));
    await rename(archive(), `${archive()}-away`);
    await writeFile(archive(), "");
    const destination = await open();
    expect(await destination.send([deliveryItem({ id: "y" })], noDeadline)).toMatchObject([
      { outcome: "blocked" },
    ]);
    await unlink(archive());
    await rename(`${archive()}-away`, archive());
    expect(await parts()).toEqual([part]);
    await destination.send([deliveryItem({ id: "z" })], noDeadline);
    await destination.close();
    expect((await readFiles(archive())).map(({ id }) => id)).toEqual(["a", "z"]);
  });

  it("is deleted when nothing in it is whole", async () => {
    await leave(name(999_999_999, await host()), member("a").subarray(0, 12));
    await sendAll({}, deliveryItem({ id: "z" }));
    expect(await readdir(archive())).toHaveLength(1);
  });

  it("with the id of this process is completed if it is older", async () => {
    await leave(name(process.pid, await host()), member("a"), new Date(Date.now() - 86_400_000 / 24 / 2));
    await sendAll({}, deliveryItem({ id: "z" }));
    const expected = process.uptime() < 1800 ? ["a", "z"] : ["z"];
    expect((await readFiles(archive())).map(({ id }) => id)).toEqual(expected);
  });

  it("of another host is completed when no living process would have it still", async () => {
    await leave(name(1, "elsewhere"), member("a"), old);
    await leave(name(2, "elsewhere").replace("aaaaaaaa", "bbbbbbbb"), member("b"));
    await sendAll({}, deliveryItem({ id: "z" }));
    expect((await readFiles(archive())).map(({ id }) => id)).toEqual(["a", "z"]);
    expect(await parts()).toHaveLength(1);
  });

  it("of a destination whose name begins with this one is left alone", async () => {
    const other = name(999_999_999, await host()).replace("archive-", "archive-raw-");
    await leave(other, member("a"), old);
    await sendAll({}, deliveryItem({ id: "z" }));
    expect(await parts()).toEqual([other]);
  });

  it("that this process has open is left alone, also when it seems old", async () => {
    const destination = await open();
    await destination.send([deliveryItem({ id: "a" })], noDeadline);
    const [own = ""] = await parts();
    await utimes(join(archive(), own), old, old);
    await sendAll({}, deliveryItem({ id: "z" }));
    expect(await parts()).toEqual([own]);
    await destination.close();
    expect((await readFiles(archive())).map(({ id }) => id).sort()).toEqual(["a", "z"]);
  });

  it.runIf(canLock)("is completed once it is not locked (on Deno, which alone has locks)", async () => {
    const part = name(1, "_locked");
    await leave(part, member("a"), old);
    const unlock = lockFile(join(archive(), part));
    await sendAll({}, deliveryItem({ id: "y" }));
    expect(await parts()).toEqual([part]);
    unlock?.();
    await sendAll({}, deliveryItem({ id: "z" }));
    expect(await parts()).toEqual([]);
    expect((await readFiles(archive())).map(({ id }) => id).toSorted()).toEqual(["a", "y", "z"]);
  });

  it.skipIf(canLock)("that is locked on Deno is completed by age", async () => {
    await leave(name(1, "_locked"), member("a"), old);
    await leave(name(2, "_locked").replace("aaaaaaaa", "bbbbbbbb"), member("b"));
    await sendAll({}, deliveryItem({ id: "z" }));
    expect((await readFiles(archive())).map(({ id }) => id)).toEqual(["a", "z"]);
  });

  it("of another destination, and other files, are left alone", async () => {
    const other = name(999_999_999, await host()).replace("archive-", "other-");
    await leave(other, member("a"), old);
    await leave("notes.part", Buffer.from("x"), old);
    await sendAll({}, deliveryItem({ id: "z" }));
    expect(await parts()).toEqual(["notes.part", other].sort());
  });
});

describe("wholeMembers", () => {
  it("finds the end of the last whole member, also where data looks like the beginning of one", async () => {
    const first = await compress("a".repeat(1000));
    // Level 0 stores the bytes without compression.
    const second = gzipSync(Buffer.from([0x1f, 0x8b, 0x08, 0, 1, 2, 0x1f, 0x8b, 0x08]), { level: 0 });
    const both = Buffer.concat([first, second]);
    expect(wholeMembers(both)).toBe(both.length);
    for (let cut = 1; cut < second.length; cut += 1)
      expect(wholeMembers(both.subarray(0, both.length - cut))).toBe(first.length);
    // After a power cut the end can be zeros, or pages of something else.
    for (const end of [Buffer.alloc(1), Buffer.alloc(5000), Buffer.from([0x1f]), Buffer.from("other")])
      expect(wholeMembers(Buffer.concat([first, second, end]))).toBe(both.length);
    const damaged = Buffer.from(both);
    damaged[first.length - 6] = (damaged[first.length - 6] ?? 0) ^ 1;
    expect(wholeMembers(damaged)).toBe(0);
    expect(wholeMembers(Buffer.of())).toBe(0);
    expect(wholeMembers(Buffer.from("no gzip"))).toBe(0);
  });
});
