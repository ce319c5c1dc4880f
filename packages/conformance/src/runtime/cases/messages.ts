import { payloads } from "@sessionhook/fixtures";
import { expect } from "vitest";
import type { RuntimeCase } from "../case.js";
import { expectTaken } from "../expect-answer.js";

const good = (id: string) => JSON.stringify({ ...payloads.full("identity.session.finalized"), id });

/** Genuine messages: the answer, and the stored event. */
export const messageCases: readonly RuntimeCase[] = [
  {
    name: "a valid event is accepted, listed and returned byte for byte",
    run: async (c) => {
      const id = c.id();
      const body = good(id);
      await expectTaken(await c.send(id, body), "accepted", id);
      expect(await c.stored(id)).toMatchObject({
        id,
        status: "accepted",
        type: "identity.session.finalized",
        payload: JSON.parse(body),
        issues: [],
      });
      expect(new TextDecoder().decode(await c.raw(id))).toBe(body);
    },
  },
  {
    name: "every event type of the provider is accepted",
    run: async (c) => {
      for (const type of payloads.types) {
        const id = c.id();
        await expectTaken(await c.send(id, JSON.stringify({ ...payloads.full(type), id })), "accepted", id);
      }
    },
  },
  {
    name: "an event with nulls wherever they are allowed is accepted",
    run: async (c) => {
      const id = c.id();
      await expectTaken(
        await c.send(id, JSON.stringify({ ...payloads.minimal("identity.session.finalized"), id })),
        "accepted",
        id,
      );
    },
  },
  {
    name: "unknown fields are accepted and stored",
    run: async (c) => {
      const id = c.id();
      const event = { ...payloads.full("identity.session.finalized"), id, addedLater: { deep: [1, null] } };
      await expectTaken(await c.send(id, JSON.stringify(event)), "accepted", id);
      expect(await c.stored(id)).toMatchObject({ payload: { addedLater: { deep: [1, null] } } });
    },
  },
  {
    name: "a retry with a new timestamp and signature is a duplicate",
    run: async (c) => {
      const id = c.id();
      const body = good(id);
      const seconds = Math.floor(Date.now() / 1000);
      await expectTaken(await c.post(body, c.sign(body, { id, timestamp: seconds - 60 })), "accepted", id);
      await expectTaken(await c.post(body, c.sign(body, { id, timestamp: seconds })), "duplicate", id);
      expect(await c.stored(id)).toMatchObject({ duplicates: 1, attemptTimestamp: seconds - 60 });
    },
  },
  {
    name: "the same id with other bytes is a conflict, stored beside the first",
    run: async (c) => {
      const id = c.id();
      const body = good(id);
      await expectTaken(await c.send(id, body), "accepted", id);
      await expectTaken(await c.send(id, `${body} `), "conflict", id);
      await expectTaken(await c.send(id, `${body} `), "duplicate", id);
      expect(new TextDecoder().decode(await c.raw(id))).toBe(body);
      expect(new TextDecoder().decode(await c.raw(id, 2))).toBe(`${body} `);
      expect(await c.stored(id)).toMatchObject({
        versions: [{ version: 1 }, { version: 2, status: "conflict", duplicates: 1 }],
      });
    },
  },
  {
    name: "fifty messages of one id at the same time store one",
    run: async (c) => {
      const id = c.id();
      const body = good(id);
      const headers = c.sign(body, { id });
      const answers = await Promise.all(Array.from({ length: 50 }, () => c.post(body, headers)));
      const statuses = await Promise.all(
        answers.map(async (answer) => ((await answer.json()) as { status: string }).status),
      );
      expect(statuses.filter((status) => status === "accepted")).toHaveLength(1);
      expect(statuses.filter((status) => status === "duplicate")).toHaveLength(49);
      expect(await c.stored(id)).toMatchObject({ duplicates: 49 });
    },
  },
  {
    name: "an event that does not fit is quarantined, with the path and number of its issues",
    run: async (c) => {
      const id = c.id();
      const event = { ...payloads.full("identity.session.finalized"), id, created: "yesterday" };
      await expectTaken(await c.send(id, JSON.stringify(event)), "quarantined", id);
      expect(await c.stored(id)).toMatchObject({
        status: "quarantined",
        issues: [{ path: "created" }],
        total: 1,
        exact: true,
      });
    },
  },
  {
    name: "an unknown type is stored as unrecognized",
    run: async (c) => {
      const id = c.id();
      await expectTaken(
        await c.send(id, JSON.stringify({ id, type: "identity.invented.later", data: 1 })),
        "unrecognized",
        id,
      );
      expect(await c.stored(id)).toMatchObject({ status: "unrecognized", type: "identity.invented.later" });
    },
  },
  ...[
    ["no JSON", "hello"],
    ["an empty body", ""],
    ["a JSON array", "[]"],
    ["a JSON null", "null"],
    ["an object without a type", "{}"],
    ["a type that is not a string", '{"type":1}'],
    ["JSON cut short", '{"type":"identity.session.finalized"'],
    ["ten thousand open brackets", "[".repeat(10_000)],
  ].map(([what, body]): RuntimeCase => ({
    name: `${what} is quarantined and stored`,
    run: async (c) => {
      const id = c.id();
      await expectTaken(await c.send(id, body as string), "quarantined", id);
      expect(new TextDecoder().decode(await c.raw(id))).toBe(body);
    },
  })),
  {
    name: "every byte value is returned, UTF-8 or not",
    run: async (c) => {
      const id = c.id();
      const bytes = Uint8Array.from({ length: 512 }, (_, i) => i & 0xff);
      await expectTaken(await c.send(id, bytes), "quarantined", id);
      expect(await c.raw(id)).toEqual(bytes);
    },
  },
  {
    name: "bytes that differ only by invalid UTF-8 do not share a signature",
    run: async (c) => {
      const id = c.id();
      const bytes = new Uint8Array([0x22, 0xff, 0x22]);
      const replaced = new TextEncoder().encode('"\ufffd"');
      const headers = c.sign(replaced, { id });
      expect((await c.post(bytes, headers)).status).toBe(401);
    },
  },
  {
    name: "text outside ASCII survives",
    run: async (c) => {
      const id = c.id();
      const body = JSON.stringify({ id, type: "other", name: "Zoë Ünal 🦊 \u2028 שלום" });
      await expectTaken(await c.send(id, body), "unrecognized", id);
      expect(await c.stored(id)).toMatchObject({ payload: { name: "Zoë Ünal 🦊 \u2028 שלום" } });
    },
  },
  {
    name: "a key named __proto__ is data",
    run: async (c) => {
      const id = c.id();
      const body = `{"id":"${id}","type":"other","__proto__":{"polluted":true}}`;
      await expectTaken(await c.send(id, body), "unrecognized", id);
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      expect(new TextDecoder().decode(await c.raw(id))).toBe(body);
    },
  },
];
