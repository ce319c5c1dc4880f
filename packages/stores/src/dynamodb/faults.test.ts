import { randomBytes } from "node:crypto";
import {
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { type Dynalite, startDynalite } from "@sessionhook/conformance/dynalite";
import { type EventLog, issueList, noIssues } from "@sessionhook/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeTable, message, tableClients, testClient, unavailable } from "../../test/dynamodb-fixture.js";
import { FaultyProxy } from "../../test/faulty-proxy.js";
import { openDynamoDbStore } from "../dynamodb.js";
import { openStore } from "../index.js";

let dynalite: Dynalite;
let client: DynamoDBClient;
let table: string;

beforeAll(async () => {
  dynalite = await startDynalite();
  client = testClient(dynalite.endpoint);
});
afterAll(async () => {
  client.destroy();
  await dynalite.stop();
});

describe.each(tableClients)("with %s", (_name, make) => {
  let proxy: FaultyProxy;
  let store: EventLog;
  let connect: () => ReturnType<typeof make>;

  beforeEach(async () => {
    proxy = new FaultyProxy(dynalite.endpoint);
    const endpoint = await proxy.listen();
    connect = async () => make(endpoint);
    table = await makeTable(client);
    store = await openDynamoDbStore({ table, client: await connect() });
  });
  afterEach(async () => {
    await store.close();
    await proxy.close();
  });

  describe("bodies larger than an item", () => {
    it.each([130_000, 400_000, 1_048_576, 6_291_456])("%i bytes that do not compress", async (size) => {
      const raw = new Uint8Array(randomBytes(size));
      expect(await store.append([message("big", raw)])).toEqual(["stored"]);
      expect(await store.append([message("big", raw)])).toEqual(["duplicate"]);
      expect(Buffer.from((await store.get("big"))?.raw ?? []).equals(raw)).toBe(true);
      const other = Uint8Array.from(raw);
      other[size - 1] = (other[size - 1] ?? 0) ^ 1;
      expect(await store.append([message("big", other)])).toEqual(["conflict"]);
      expect(Buffer.from((await store.get("big", 2))?.raw ?? []).equals(other)).toBe(true);
      expect((await store.list({ limit: 10 })).events).toMatchObject([
        { version: 2, size },
        { version: 1, size },
      ]);
    });

    it("issues and a type larger than an item", async () => {
      const path = randomBytes(300_000).toString("hex");
      const issues = [{ path, message: "m" }];
      const type = randomBytes(200_000).toString("hex");
      await store.append([message("wide", "{}", { status: "quarantined", ...issueList(issues), type })]);
      expect(await store.get("wide")).toMatchObject({ issues, type });
      expect((await store.list({ limit: 1, type })).events).toMatchObject([{ id: "wide", type }]);
      expect(await store.reclassify("wide", { type: "short", status: "accepted", ...noIssues })).toBe(true);
      expect(await store.get("wide")).toMatchObject({ ...noIssues, type: "short", status: "accepted" });
      expect((await store.list({ limit: 1, type })).events).toEqual([]);
    });

    it("a row never references missing chunks", async () => {
      const raw = new Uint8Array(randomBytes(500_000));
      proxy.interfere("BatchWriteItem", "before", 99);
      await unavailable(store.append([message("big", raw)]));
      expect(await store.versions("big")).toEqual([]);
      proxy.repair();
      expect(await store.append([message("big", raw)])).toEqual(["stored"]);
    });

    it("a body with a missing chunk is an error, not a shorter body", async () => {
      await store.append([message("big", new Uint8Array(randomBytes(500_000)))]);
      const items = (await client.send(new ScanCommand({ TableName: table }))).Items ?? [];
      const chunk = items.find((item) => item["sk"]?.S?.startsWith("c#") === true) ?? {};
      const Key = { pk: chunk["pk"] ?? { S: "" }, sk: chunk["sk"] ?? { S: "" } };
      await client.send(new DeleteItemCommand({ TableName: table, Key }));
      await unavailable(store.get("big"));
      expect(await store.versions("big")).toHaveLength(1);
    });
  });

  describe("a network that fails", () => {
    it("a lost response does not turn a new event into a duplicate", async () => {
      proxy.interfere("PutItem", "after", 1);
      expect(await store.append([message("a")])).toEqual(["stored"]);
      expect(await store.versions("a")).toMatchObject([{ duplicates: 0 }]);
      expect(await store.stats()).toMatchObject({ accepted: 1, duplicates: 0 });
    });

    it("an event that could not be written is not acknowledged, and is new on retry", async () => {
      proxy.interfere("PutItem", "silence", 3);
      expect((await unavailable(store.append([message("a")]))).message).toContain("in time");
      expect(await store.append([message("a")])).toEqual(["stored"]);
    });

    it("a written event is acknowledged even if it could not be counted", async () => {
      proxy.interfere("UpdateItem", "before", 3);
      expect(await store.append([message("a")])).toEqual(["stored"]);
      expect(await store.get("a")).toBeDefined();
    });

    it("a reclassified event is reported as such even if it could not be counted", async () => {
      await store.append([message("a")]);
      proxy.interfere("UpdateItem", "before", 3, "counts#");
      const to = { type: "t", status: "quarantined", ...issueList([{ path: "p", message: "m" }]) } as const;
      expect(await store.reclassify("a", to)).toBe(true);
      expect(await store.get("a")).toMatchObject(to);
    });

    it("a batch that fails in the middle is completed by a retry, with each event stored once", async () => {
      const batch = Array.from({ length: 100 }, (_, index) => message(`e${index}`));
      proxy.interfere("PutItem", "before", 60);
      await unavailable(store.append(batch));
      proxy.repair();
      const outcomes = await store.append(batch);
      expect(outcomes.every((outcome) => outcome === "stored" || outcome === "duplicate")).toBe(true);
      expect((await store.list({ limit: 500 })).events).toHaveLength(100);
      expect(await store.stats()).toMatchObject({ accepted: 100 });
    });

    it("reports a missing table and a missing response", async () => {
      const missing = await openDynamoDbStore({ table: "missing", client: await connect() });
      expect((await unavailable(missing.checkWritable())).message).toContain("does not exist");
      const unreachable = await openDynamoDbStore({ table, client: await make("http://127.0.0.1:9") });
      await unavailable(unreachable.append([message("a")]));
      await Promise.all([missing.close(), unreachable.close()]);
    });

    it("rejects a table without the indexes", async () => {
      const plain = {
        TableName: `${table}-plain`,
        BillingMode: "PAY_PER_REQUEST" as const,
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" as const }],
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" as const }],
      };
      await client.send(new CreateTableCommand(plain));
      while (
        (await client.send(new DescribeTableCommand({ TableName: plain.TableName }))).Table?.TableStatus !==
        "ACTIVE"
      );
      const foreign = await openDynamoDbStore({ table: plain.TableName, client: await connect() });
      expect((await unavailable(foreign.checkWritable())).message).toContain(
        "another schema than this store",
      );
    });
  });

  describe("concurrent writers", () => {
    it("four stores with their own connections store one row per id and count every duplicate", async () => {
      const stores = await Promise.all(
        Array.from({ length: 4 }, async () => openDynamoDbStore({ table, client: await connect() })),
      );
      const events = Array.from({ length: 10 }, (_, index) => message(`e${index}`));
      const outcomes = (await Promise.all(stores.map(async (each) => each.append(events)))).flat();
      expect(outcomes.filter((outcome) => outcome === "stored")).toHaveLength(10);
      expect(outcomes.filter((outcome) => outcome === "duplicate")).toHaveLength(30);
      expect(await store.stats()).toMatchObject({ accepted: 10, duplicates: 30, conflicts: 0 });
      await Promise.all(stores.map(async (each) => each.close()));
    });
  });

  describe("reads and stored items", () => {
    it("finds an id among two thousand with one short query per shard", async () => {
      await store.append(Array.from({ length: 2000 }, (_, index) => message(`evt_${index}`)));
      proxy.scanned = 0;
      expect((await store.list({ limit: 50, q: "evt_1234" })).events.map(({ id }) => id)).toEqual([
        "evt_1234",
      ]);
      expect(proxy.scanned).toBe(1);
      proxy.scanned = 0;
      expect((await store.list({ limit: 50 })).events).toHaveLength(50);
      expect(proxy.scanned).toBeLessThan(150);
      proxy.scanned = 0;
      expect((await store.list({ limit: 50, status: "quarantined" })).events).toEqual([]);
      expect(proxy.scanned).toBe(0);
    });

    it(
      "a prefix that is shared by more rows than are sorted is paged all the same",
      { timeout: 120_000 },
      async () => {
        await store.append(Array.from({ length: 4200 }, (_, index) => message(`evt_${index}`)));
        const { events, nextCursor } = await store.list({ limit: 3, q: "evt_" });
        expect(events.map(({ id }) => id)).toEqual(["evt_4199", "evt_4198", "evt_4197"]);
        const next = await store.list({ limit: 1, q: "evt_", cursor: nextCursor ?? "" });
        expect(next.events.map(({ id }) => id)).toEqual(["evt_4196"]);
      },
    );

    it("sets an expiry on every item with a retention, and on none without", async () => {
      // Later than any other arrival of this process, because arrivals never decrease.
      const now = Date.UTC(2100, 1, 14, 12);
      const expiring = await openDynamoDbStore({
        table,
        client: await connect(),
        retentionDays: 30,
        now: () => now,
      });
      await expiring.append([message("small"), message("big", new Uint8Array(randomBytes(500_000)))]);
      const items = (await client.send(new ScanCommand({ TableName: table }))).Items ?? [];
      const expiry = (kind: string) =>
        items
          .filter((item) => item["pk"]?.S?.startsWith(kind) === true)
          .map((item) => Number(item["expires"]?.N) - now / 1000);
      expect(items.every((item) => item["expires"] !== undefined)).toBe(true);
      // Rows expire after 30 days, their chunks 30 days later, counts with the last row that they can count.
      expect([...new Set(expiry("e#"))].sort((a, b) => a - b)).toEqual([30 * 86_400, 60 * 86_400]);
      expect([...new Set(expiry("counts#"))]).toEqual([30 * 86_400 + 43_200]);
      await store.append([message("forever")]);
      const row = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": { S: "e#forever" } },
        }),
      );
      expect(row.Items?.[0]?.["expires"]).toBeUndefined();
    });

    it("opens by address and rejects an unsupported one", async () => {
      const opened = await openStore("dynamodb:some-table?retentionDays=30");
      await opened.close();
      for (const bad of [
        "dynamodb:",
        "dynamodb:a",
        "dynamodb:a b",
        "dynamodb:abc?retentionDays=0",
        "dynamodb:abc?days=3",
        "dynamodb:abc?retentionDays=99999",
      ])
        await expect(openStore(bad)).rejects.toMatchObject({ code: "invalid_option" });
    });

    it("ignores items of other programs in the table", async () => {
      await client.send(
        new PutItemCommand({ TableName: table, Item: { pk: { S: "other" }, sk: { S: "x" } } }),
      );
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: "e#a" }, sk: { S: "w#" } },
          UpdateExpression: "ADD n :n",
          ExpressionAttributeValues: { ":n": { N: "1" } },
        }),
      );
      expect(await store.versions("a")).toEqual([]);
      expect(await store.append([message("a")])).toEqual(["stored"]);
      expect((await store.list({ limit: 10 })).events).toHaveLength(1);
    });
  });
});
