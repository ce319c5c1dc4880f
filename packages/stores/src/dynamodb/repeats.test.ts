import { randomBytes } from "node:crypto";
import { constants, gzipSync } from "node:zlib";
import {
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  ScanCommand,
} from "@aws-sdk/client-dynamodb";
import { type Dynalite, startDynalite } from "@sessionhook/conformance/dynalite";
import { type EventLog, issueList } from "@sessionhook/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { makeTable, message, sdkClient, testClient, unavailable } from "../../test/dynamodb-fixture.js";
import { FaultyProxy } from "../../test/faulty-proxy.js";
import { openDynamoDbStore } from "../dynamodb.js";
import { makeBlob } from "./blobs.js";
import { chunkKey, digestOf, rowKey } from "./keys.js";

vi.mock("node:zlib", { spy: true });

const day = 86_400;
/** Text that is three chunks when compressed, and two if compressed by `withOtherZlib`. */
const large = new TextEncoder().encode(randomBytes(735_000).toString("hex"));

let dynalite: Dynalite;
let client: DynamoDBClient;
let proxy: FaultyProxy;
let table: string;
let store: EventLog;

beforeAll(async () => {
  dynalite = await startDynalite();
  client = testClient(dynalite.endpoint);
});
afterAll(async () => {
  client.destroy();
  await dynalite.stop();
});
beforeEach(async () => {
  proxy = new FaultyProxy(dynalite.endpoint);
  table = await makeTable(client);
  store = await open(await proxy.listen());
});
afterEach(async () => {
  await store.close();
  await proxy.close();
});

async function open(endpoint: string, retentionDays?: number, now = Date.now): Promise<EventLog> {
  return openDynamoDbStore({ table, client: await sdkClient(endpoint), retentionDays, now });
}

/** Compresses the next body as another version of zlib might: to other bytes, of another length. */
function withOtherZlib(): void {
  const strategy = constants.Z_HUFFMAN_ONLY;
  vi.mocked(gzipSync).mockImplementationOnce((bytes) => gzipSync(bytes, { strategy }));
}

async function itemsOf(id: string) {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: table }));
  return Items.filter(({ pk }) => pk?.S === `e#${id}`);
}

async function expire(id: string, version: number): Promise<void> {
  await client.send(new DeleteItemCommand({ TableName: table, Key: rowKey(id, version) }));
}

function expectLarge(raw: Uint8Array | undefined): void {
  expect(Buffer.from(raw ?? []).equals(large)).toBe(true);
}

describe("a repeat of a body that is stored in chunks", () => {
  beforeEach(async () => {
    withOtherZlib();
    await store.append([message("big", large)]);
  });

  it("writes no chunk: one that is compressed differently leaves the body readable", async () => {
    const before = await itemsOf("big");
    expect(before).toHaveLength(3);
    expect(await store.append([message("big", large)])).toEqual(["duplicate"]);
    expectLarge((await store.get("big"))?.raw);
    expect(await itemsOf("big")).toHaveLength(before.length);
  });

  it("is a duplicate while chunks cannot be written", async () => {
    proxy.interfere("BatchWriteItem", "before", 99);
    expect(await store.append([message("big", large)])).toEqual(["duplicate"]);
    expectLarge((await store.get("big"))?.raw);
  });

  it("with a retention that was set in the meantime does not make the body expire", async () => {
    const expiring = await open(dynalite.endpoint, 30);
    expect(await expiring.append([message("big", large)])).toEqual(["duplicate"]);
    await expiring.close();
    for (const item of await itemsOf("big")) expect(item["expires"]).toBeUndefined();
  });
});

describe("two writers of the same large event", () => {
  it("with different retention and zlib leave one readable event whose chunks outlive it", async () => {
    const expiring = await open(dynalite.endpoint, 30);
    // Every writer has read that the event is new before one of them writes its row.
    withOtherZlib();
    const outcomes = await Promise.all([
      store.append([message("big", large)]),
      expiring.append([message("big", large)]),
    ]);
    await expiring.close();
    expect(outcomes.flat().toSorted()).toEqual(["duplicate", "stored"]);
    expectLarge((await store.get("big"))?.raw);
  });

  it("have chunks with other keys if the bytes or the expiry differ", () => {
    const names = [makeBlob(large, undefined), makeBlob(large, 1000), makeBlob(large, 2000)];
    withOtherZlib();
    names.push(makeBlob(large, 1000));
    expect(new Set(names.map(({ name }) => name)).size).toBe(4);
    expect(makeBlob(large, 1000).name).toBe(names[1]?.name);
  });
});

it("reads a row whose chunks have the digest of the body in their keys", async () => {
  await store.append([message("old", large)]);
  const digest = digestOf(large);
  for (const item of await itemsOf("old")) {
    const [kind, , index] = item["sk"]?.S?.split("#") ?? [];
    const raw = item["raw"]?.M ?? {};
    const Item =
      kind === "v"
        ? { ...item, raw: { M: { ...raw, digest: { S: digest } } } }
        : { ...item, ...chunkKey("old", digest, Number(index)) };
    const { pk = { S: "" }, sk = { S: "" } } = item;
    await client.send(new DeleteItemCommand({ TableName: table, Key: { pk, sk } }));
    await client.send(new PutItemCommand({ TableName: table, Item }));
  }
  expectLarge((await store.get("old"))?.raw);
  expect(await store.append([message("old", large)])).toEqual(["duplicate"]);
  expectLarge((await store.get("old"))?.raw);
});

it("large issues of a reclassified event expire after its row, whatever the retention is by then", async () => {
  const now = Date.UTC(2100, 1, 14, 12);
  const to = {
    type: "t",
    status: "quarantined",
    ...issueList([{ path: randomBytes(300_000).toString("hex"), message: "m" }]),
  } as const;
  const [long, short] = [await open(dynalite.endpoint, 300, () => now), await open(dynalite.endpoint, 1)];
  await long.append([message("a")]);
  expect(await short.reclassify("a", to)).toBe(true);
  await store.append([message("b")]);
  expect(await short.reclassify("b", to)).toBe(true);
  const expiries = async (id: string) => (await itemsOf(id)).map((item) => item["expires"]?.N);
  const chunk = String(now / 1000 + 330 * day);
  expect(await expiries("a")).toEqual([chunk, String(now / 1000 + 300 * day)]);
  expect(await expiries("b")).toEqual([undefined, undefined]);
  await Promise.all([long.close(), short.close()]);
});

describe("versions that retention has deleted", () => {
  beforeEach(async () => {
    await store.append([...["A", "B", "C"].map((raw) => message("a", raw)), message("a", large)]);
  });
  const numbers = async () => (await store.versions("a")).map(({ version }) => version);

  it("do not stop the next one, which gets the number after the highest", async () => {
    await expire("a", 2);
    expect(await store.append([message("a", "D")])).toEqual(["conflict"]);
    expect(await numbers()).toEqual([1, 3, 4, 5]);
    expect(await store.append([message("a", "C"), message("a", "D")])).toEqual(["duplicate", "duplicate"]);
    expect(await numbers()).toEqual([1, 3, 4, 5]);
  });

  it("end the identity of the id with the first, except for bodies in chunks", async () => {
    await expire("a", 1);
    expect(await store.append([message("a", large)])).toEqual(["duplicate"]);
    expect(await numbers()).toEqual([2, 3, 4]);
    expect(await store.append([message("a", "D")])).toEqual(["stored"]);
    expect(await numbers()).toEqual([1, 2, 3, 4]);
    expect(await store.append([message("a", "B")])).toEqual(["duplicate"]);
  });
});

it("an append that fails after its chunks is stored by the repeat", async () => {
  proxy.interfere("PutItem", "before", 3);
  await unavailable(store.append([message("big", large)]));
  withOtherZlib();
  expect(await store.append([message("big", large)])).toEqual(["stored"]);
  expectLarge((await store.get("big"))?.raw);
});
