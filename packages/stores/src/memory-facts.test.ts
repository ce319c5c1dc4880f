import { describeFactStore } from "@sessionhook/conformance/fact-store-suite";
import { rebuild } from "@sessionhook/conformance/fact-steps";
import { visit } from "@sessionhook/conformance/fact-visits";
import { expect, test } from "vitest";
import { factsInMemory } from "../test/fact-fixtures.js";
import { createMemoryDeliveryStore, createMemoryFactStore, createMemoryStore } from "./memory.js";

describeFactStore("memory", factsInMemory);

test("needs the event log of the same memory", () => {
  expect(() => createMemoryFactStore(undefined)).toThrow("The event log is not one of createMemoryStore");
});

test.each([
  { later: [], incomplete: false },
  { later: [visit({ id: "later", sid: "b" })], incomplete: true },
])("knows what a rebuild has read before the routing began: $incomplete", async ({ later, incomplete }) => {
  const events = createMemoryStore();
  const facts = createMemoryFactStore(events);
  await events.append([visit({ id: "early", sid: "a" })]);
  await rebuild({ facts });
  await events.append(later);
  createMemoryDeliveryStore(events);
  expect(await facts.status()).toMatchObject({ sessions: 1, incomplete });
});
