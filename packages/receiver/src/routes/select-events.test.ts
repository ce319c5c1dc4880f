import type { EventPage } from "@sessionhook/core";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { expect, it } from "vitest";
import type { Services } from "../services.js";
import { selectEvents } from "./select-events.js";

it("lets other work run between two slow pages, and ends with a cursor after half a second", async () => {
  const store = createMemoryStore();
  let reads = 0;
  store.list = (): Promise<EventPage> => {
    for (const until = performance.now() + 120; performance.now() < until;);
    return Promise.resolve({ events: [], nextCursor: `next-${++reads}` });
  };
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const page = await selectEvents({ store } as Services, {}, { limit: 1 });
  clearInterval(timer);
  expect(page).toEqual({ events: [], nextCursor: `next-${reads}` });
  expect(reads).toBeLessThan(7);
  expect(turns).toBeGreaterThanOrEqual(reads - 1);
});
