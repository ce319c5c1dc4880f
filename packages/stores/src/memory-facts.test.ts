import { describeFactStore } from "@sessionhook/conformance/fact-store-suite";
import { expect, test } from "vitest";
import { factsInMemory } from "../test/fact-places.js";
import { createMemoryFactStore } from "./memory.js";

describeFactStore("memory", factsInMemory);

test("needs the event log of the same memory", () => {
  expect(() => createMemoryFactStore(undefined)).toThrow("The event log is not one of createMemoryStore");
});
