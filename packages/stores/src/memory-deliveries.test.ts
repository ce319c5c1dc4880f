import { describeDeliveryStore } from "@sessionhook/conformance/delivery-store-suite";
import { expect, test } from "vitest";
import { inMemory } from "../test/delivery-fixtures.js";
import { createMemoryDeliveryStore } from "./memory.js";

describeDeliveryStore("memory", inMemory);

test("needs the event log of the same memory", () => {
  expect(() => createMemoryDeliveryStore(undefined)).toThrow("The event log is not one of createMemoryStore");
});
