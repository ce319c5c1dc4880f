import { workerdMissing } from "@sessionhook/conformance/workerd";
import { StoreError } from "@sessionhook/core";
import { afterAll, describe, expect, it } from "vitest";
import { D1Databases } from "../../test/d1-databases.js";
import { eventWith } from "../../test/folder.js";
import { createD1Store, type D1Binding, maxD1BodyBytes } from "../d1.js";
import { ensureSchema, migrations } from "./schema.js";

const missing = workerdMissing();

describe.skipIf(missing !== undefined)(`D1 in workerd${missing === undefined ? "" : ` (${missing})`}`, () => {
  const databases = missing === undefined ? new D1Databases() : undefined;
  afterAll(() => databases?.dispose());
  const fresh = () => (databases as D1Databases).fresh();
  const names = async (database: D1Binding) =>
    (await database.prepare("SELECT name FROM sqlite_master WHERE name NOT GLOB '_cf_*'").all()).results;
  const run = async (database: D1Binding, sql: string) => (await database.prepare(sql).all()).results;

  it("is migrated by thirty isolates at once, with each step executed once", async () => {
    const database = await fresh();
    const stores = Array.from({ length: 30 }, () => createD1Store({ database }));
    const answers = await Promise.all(stores.map((store, i) => store.append([eventWith(`evt_${i}`)])));
    expect(answers.flat()).toEqual(stores.map(() => "stored"));
    expect(await run(database, "SELECT * FROM sessionhook_schema")).toEqual([{ one: 1, version: 1 }]);
    expect(await run(database, "SELECT count(*) AS rows FROM totals")).toEqual([{ rows: 1 }]);
  });

  it("preserves its data when thirty isolates run a later step at once", async () => {
    const database = await fresh();
    await createD1Store({ database }).append([eventWith("evt_1")]);
    const later = [...migrations, ["CREATE TABLE later (a TEXT) STRICT"]];
    await Promise.all(Array.from({ length: 30 }, () => ensureSchema(database, later)));
    expect(await run(database, "SELECT version FROM sessionhook_schema")).toEqual([{ version: 2 }]);
    const failure = await createD1Store({ database })
      .get("evt_1")
      .catch((error: unknown) => error);
    expect((failure as StoreError).code).toBe("store_too_new");
    expect(await run(database, "SELECT id FROM events")).toEqual([{ id: "evt_1" }]);
  });

  it("is unchanged after a step that fails halfway", async () => {
    const database = await fresh();
    await ensureSchema(database);
    const before = await names(database);
    const broken = [...migrations, ["CREATE TABLE later (a TEXT) STRICT", "INSERT INTO nowhere VALUES (1)"]];
    await expect(ensureSchema(database, broken)).rejects.toThrow("nowhere");
    expect(await names(database)).toEqual(before);
    expect(await run(database, "SELECT version FROM sessionhook_schema")).toEqual([{ version: 1 }]);
  });

  it("coexists with other tables and does not change a foreign table with one of its names", async () => {
    const database = await fresh();
    await run(database, "CREATE TABLE customers (name TEXT)");
    await createD1Store({ database }).append([eventWith("evt_1")]);
    const foreign = await fresh();
    await run(foreign, "CREATE TABLE events (name TEXT)");
    const failure = await createD1Store({ database: foreign })
      .append([eventWith("evt_1")])
      .catch((error: unknown) => error);
    expect(StoreError.isInstance(failure) && failure.code).toBe("store_foreign");
    expect(await names(foreign)).toEqual([{ name: "events" }]);
  });

  it("stores a body of the largest size and rejects a larger one with store_unavailable", async () => {
    const store = createD1Store({ database: await fresh() });
    const signature = "v1,".padEnd(60_000, "A");
    const bytes = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7) & 0xff);
    const text = new TextEncoder().encode("ü".repeat(maxD1BodyBytes / 2));
    const events = [
      eventWith("evt_bytes", { raw: bytes(maxD1BodyBytes), signature }),
      eventWith("evt_text", { raw: text, signature }),
    ];
    for (const event of events) {
      expect(await store.append([event])).toEqual(["stored"]);
      expect((await store.get(event.id))?.raw).toEqual(event.raw);
    }
    const larger = [eventWith("evt_1"), eventWith("evt_2", { raw: bytes(maxD1BodyBytes + 1) })];
    await expect(store.append(larger)).rejects.toMatchObject({ code: "store_unavailable" });
    expect(await store.get("evt_1")).toBeUndefined();
  });

  it("stores nothing of a batch when the database fails in the middle of it", async () => {
    const database = await fresh();
    const store = createD1Store({ database });
    await store.append([eventWith("evt_0")]);
    // D1 itself rejects the row: with the signature it exceeds D1's limit.
    const tooLong = eventWith("evt_2", { signature: "x".repeat(3_000_000) });
    const batch = [eventWith("evt_1"), eventWith("evt_0"), tooLong, eventWith("evt_3")];
    await expect(store.append(batch)).rejects.toMatchObject({ code: "store_unavailable" });
    expect((await store.list({ limit: 500 })).events).toMatchObject([{ id: "evt_0", duplicates: 0 }]);
    expect(await store.stats()).toMatchObject({ accepted: 1, duplicates: 0, conflicts: 0 });
    expect(await store.append([eventWith("evt_1")])).toEqual(["stored"]);
  });

  it("rejects with store_unavailable while the binding fails, and recovers with it", async () => {
    const database = await fresh();
    let down = true;
    const flaky: D1Binding = {
      prepare: (sql) => database.prepare(sql),
      batch: async (statements) => {
        if (down) throw new Error("D1_ERROR: Network connection lost");
        return database.batch(statements);
      },
    };
    const store = createD1Store({ database: flaky });
    await expect(store.append([eventWith("evt_1")])).rejects.toMatchObject({ code: "store_unavailable" });
    down = false;
    expect(await store.append([eventWith("evt_1")])).toEqual(["stored"]);
  });

  it("names a missing table", async () => {
    const database = await fresh();
    const store = createD1Store({ database });
    await store.append([eventWith("evt_1")]);
    await run(database, "DROP TABLE received");
    await expect(store.checkWritable()).rejects.toThrow("lacks a table");
    await expect(store.append([eventWith("evt_2")])).rejects.toThrow(
      "The D1 database lacks a table or column of this store",
    );
  });

  it("waits for running calls when it closes", async () => {
    const database = await fresh();
    const store = createD1Store({ database });
    const appended = store.append([eventWith("evt_1")]);
    await store.close();
    expect(await run(database, "SELECT id FROM events")).toEqual([{ id: "evt_1" }]);
    expect(await appended).toEqual(["stored"]);
  });

  it("reads rows and totals through indexes only", async () => {
    const database = await fresh();
    await ensureSchema(database);
    const plan = async (sql: string) => JSON.stringify(await run(database, `EXPLAIN QUERY PLAN ${sql}`));
    const place = `SELECT coalesce(max(version), 0) + 1 FROM events WHERE id = 'a'`;
    expect(await plan(place)).toContain("SEARCH events USING INDEX events_by_id (id=?)");
    const keep = "SELECT seq FROM events WHERE id = 'a' AND digest = 'b' AND duplicates = 0";
    expect(await plan(keep)).toContain("SEARCH events USING INDEX events_by_id (id=? AND digest=?)");
  });
});
