import {
  classifications,
  type EventLog,
  type EventStatus,
  eventStatuses,
  type IssueList,
  type NewEvent,
  type Reclassification,
} from "@sessionhook/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectBytes, listAll } from "./events.js";
import type { EventLogHarness } from "./harness.js";
import { scanAll } from "./scan.js";
import { EventLogModel, issuesOf, summaryOf } from "./model.js";
import { randomRuns } from "../random-runs.js";

const ids = ["a", "ab", "abc", "A", "a%", "a_", "%", "\u{1f600}", "\u{1f600}b"];
const id = fc.constantFrom(...ids);
const type = fc.constantFrom("t", "t2", "T", null);
const status = fc.constantFrom(...classifications);
const issues = fc.array(fc.record({ path: fc.string(), message: fc.string() }), { maxLength: 2 });
const issueList: fc.Arbitrary<IssueList> = fc
  .tuple(issues, fc.constantFrom(0, 0, 1, 9900), fc.boolean())
  .map(([listed, further, exact]) => ({
    issues: listed,
    total: listed.length + further,
    exact: exact || listed.length === 0,
  }));
const classification: fc.Arbitrary<Reclassification> = fc
  .tuple(fc.record({ type, status }), issueList)
  .map(([kind, list]) => ({ ...kind, ...list }));
const message = fc.record({
  id,
  raw: fc.constantFrom("", "\0", "1", "2").map((text) => new TextEncoder().encode(text)),
  receivedAt: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  attemptTimestamp: fc.integer({ min: 0, max: 4_000_000_000 }),
  signature: fc.base64String({ maxLength: 8 }),
});
const event: fc.Arbitrary<NewEvent> = fc
  .tuple(message, classification)
  .map(([received, classified]) => ({ ...received, ...classified }));

type Action =
  | { readonly do: "append"; readonly events: readonly NewEvent[] }
  | {
      readonly do: "list";
      readonly query: { status?: EventStatus; type?: string; q?: string; limit: number };
    }
  | {
      readonly do: "scan";
      readonly query: { status?: EventStatus; type?: string; q?: string; limit: number };
    }
  | { readonly do: "get"; readonly id: string; readonly version: number }
  | { readonly do: "reclassify"; readonly id: string; readonly to: Reclassification }
  | { readonly do: "reopen" };

const append = fc.record({ do: fc.constant("append" as const), events: fc.array(event, { maxLength: 6 }) });
const list = fc.record({
  do: fc.constant("list" as const),
  query: fc.record(
    {
      status: fc.constantFrom(...eventStatuses),
      type: fc.constantFrom("t", "t2", "T", "u"),
      q: fc.constantFrom(...ids, "", "_", "b"),
      limit: fc.integer({ min: 1, max: 8 }),
    },
    { requiredKeys: ["limit"] },
  ),
});
const scan = list.map(({ query }) => ({ do: "scan" as const, query }));
const get = fc.record({ do: fc.constant("get" as const), id, version: fc.integer({ min: 1, max: 4 }) });
const reclassify = fc.record({
  do: fc.constant("reclassify" as const),
  id,
  to: classification,
});
const reopen = fc.record({ do: fc.constant("reopen" as const) });

/** Runs random sequences of calls; the store and the model must agree after each call. */
export function describeRandom(harness: EventLogHarness): void {
  describe("agrees with a simple model", () => {
    const weighted = [
      { arbitrary: append, weight: 5 },
      { arbitrary: list, weight: 4 },
      { arbitrary: scan, weight: 3 },
      { arbitrary: get, weight: 2 },
      { arbitrary: reclassify, weight: 2 },
      { arbitrary: reopen, weight: harness.persistent ? 1 : 0 },
    ];
    const actions: fc.Arbitrary<Action[]> = fc.array(fc.oneof(...weighted), { minLength: 1, maxLength: 30 });

    test("after random calls", { timeout: 120_000 }, async () => {
      const property = fc.asyncProperty(actions, async (sequence) => run(harness, sequence));
      await expect(fc.assert(property, { numRuns: randomRuns(60) })).resolves.toBeUndefined();
    });
  });
}

async function run(harness: EventLogHarness, sequence: readonly Action[]): Promise<void> {
  const fixture = await harness.make();
  let store = await fixture.open();
  try {
    const model = new EventLogModel();
    for (const action of sequence) {
      if (action.do === "reopen") {
        await store.close();
        store = await fixture.open();
      } else await step(store, model, action);
      expect(await store.stats()).toEqual(model.stats());
    }
    expect(await listAll(store, { limit: 3 })).toEqual(model.newestFirst({}));
  } finally {
    await store.close();
    await fixture.cleanup();
  }
}

async function step(
  store: EventLog,
  model: EventLogModel,
  action: Exclude<Action, { do: "reopen" }>,
): Promise<void> {
  switch (action.do) {
    case "append":
      expect(await store.append(action.events)).toEqual(model.append(action.events));
      return;
    case "list":
      expect(await listAll(store, action.query)).toEqual(model.newestFirst(action.query));
      return;
    case "scan": {
      const events = await scanAll(store, action.query);
      const rows = events.map(
        ({ raw: _raw, issues: _issues, total: _total, exact: _exact, signature: _signature, ...row }) => row,
      );
      expect(rows).toEqual(model.newestFirst(action.query).toReversed());
      return;
    }
    case "reclassify":
      expect(await store.reclassify(action.id, action.to)).toBe(model.reclassify(action.id, action.to));
      return;
    case "get": {
      const expected = model.find(action.id, action.version);
      const { raw, ...rest } = (await store.get(action.id, action.version)) ?? {};
      const { signature } = expected?.event ?? {};
      expect(rest).toEqual(
        expected === undefined ? {} : { ...summaryOf(expected), ...issuesOf(expected), signature },
      );
      if (expected !== undefined) expectBytes(raw, expected.event.raw);
      const versions = model.rows.filter((row) => row.event.id === action.id).map(summaryOf);
      expect(await store.versions(action.id)).toEqual(versions);
    }
  }
}
