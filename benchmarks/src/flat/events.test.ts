import { parseEvent } from "@sessionhook/core";
import { expect, test } from "vitest";
import { Events } from "./events.ts";

const events = new Events(20_000, "full", Date.now());

test("ids are unique and begin with the time", () => {
  const ids = Array.from({ length: 20_000 }, (_, number) => events.idOf(number));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
  for (const id of ids.slice(0, 100)) expect(id).toMatch(/^evt_[0-9A-HJKMNP-TV-Z]{26}$/);
});

test("type and status of an event are those the receiver would find, and the body contains its id", () => {
  const seen = new Set<string>();
  for (let number = 0; number < 400; number++)
    for (const { id, raw, status, type } of events.messages(number)) {
      const text = Buffer.from(raw).toString();
      const result = parseEvent(text);
      expect(result.status).toBe(status);
      expect(result.status === "accepted" ? result.event.type : result.type).toBe(type);
      if (status === "accepted") expect(text).toContain(id);
      seen.add(status);
    }
  expect([...seen].toSorted()).toEqual(["accepted", "quarantined", "unrecognized"]);
});

test("some events are duplicates, and some are conflicts", () => {
  expect(events.messages(50).map(({ raw }) => raw.byteLength)).toHaveLength(2);
  const [first, second] = events.messages(500);
  expect(second?.id).toBe(first?.id);
  expect(second?.raw).not.toEqual(first?.raw);
});
