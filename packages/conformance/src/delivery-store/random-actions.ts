import type { Classification, DeliveryClass, ReplayKind } from "@sessionhook/core";
import fc from "fast-check";

const events = ["a", "b", "c", "d", "e", "f", "g", "h"];
const destinations = ["crm", "crm", "crm", "slack", "archive"];
const event = fc.constantFrom(...events);
const destination = fc.constantFrom(...destinations);
const status = fc.constantFrom<Classification[]>("accepted", "accepted", "accepted", "quarantined");
const owner = fc.constantFrom("one", "two");
const kind = fc.constantFrom<ReplayKind[]>("failed", "missing", "all");
/** Chooses among what there is at that moment. */
const index = fc.nat({ max: 40 });
/** Chooses for each event and destination: nothing, a delivery, a skipped one, or one with a cooldown. */
const choices = fc.array(fc.constantFrom("none", "wait", "later", "skip", "cool"), {
  minLength: 4,
  maxLength: 9,
});

const actions = {
  append: fc.record({
    ids: fc.array(event, { minLength: 1, maxLength: 5 }),
    status,
    raw: fc.constantFrom("1", "1", "2"),
  }),
  reclassify: fc.record({ id: event, status }),
  register: fc.record({ destination }),
  plan: fc.record({ limit: fc.integer({ min: 1, max: 6 }), decide: fc.integer({ min: 0, max: 6 }), choices }),
  planStale: fc.record({}),
  claim: fc.record({
    destination,
    class: fc.constantFrom<DeliveryClass[]>("new", "retry", "replay"),
    limit: fc.integer({ min: 1, max: 5 }),
    owner,
  }),
  settle: fc.record({
    which: fc.array(index, { minLength: 1, maxLength: 4 }),
    next: fc.constantFrom("delivered", "delivered", "skipped", "dead", "dead", "used", "unused"),
    fault: fc.constantFrom("none", "none", "none", "owner", "attempt"),
  }),
  extend: fc.record({ which: fc.array(index, { maxLength: 3 }), owner }),
  requeue: fc.record({ which: index }),
  save: fc.record({
    which: index,
    status: fc.constantFrom("ready", "paused", "blocked"),
    stale: fc.boolean(),
  }),
  createReplay: fc.record({ kind }),
  planReplay: fc.record({
    which: index,
    ids: fc.array(event, { maxLength: 4 }),
    destination,
    choices,
    done: fc.boolean(),
    stale: fc.constantFrom(false, false, true),
  }),
  cancelReplay: fc.record({ which: index }),
  matches: fc.record({ kind, ids: fc.array(event, { maxLength: 4 }), destination }),
  prune: fc.record({
    history: fc.constantFrom(undefined, 0, 50),
    events: fc.constantFrom(undefined, 0, 50),
    tombstones: fc.constantFrom(undefined, 0, 50),
  }),
  /** Long ones end leases, as if their process had ended. */
  wait: fc.record({ ms: fc.constantFrom(1, 5, 20, 100) }),
  reopen: fc.record({}),
} as const;

type Fields<K extends keyof typeof actions> = (typeof actions)[K] extends fc.Arbitrary<infer T> ? T : never;
export type Action = { [K in keyof typeof actions]: { readonly do: K } & Fields<K> }[keyof typeof actions];

const weights: Partial<Record<keyof typeof actions, number>> = {
  append: 5,
  plan: 8,
  claim: 14,
  settle: 12,
  register: 3,
  reclassify: 3,
  requeue: 3,
  planReplay: 6,
  wait: 4,
  createReplay: 2,
  extend: 2,
};

export const sequences: fc.Arbitrary<Action[]> = fc.array(
  fc.oneof(
    ...Object.entries(actions).map(([name, fields]) => ({
      arbitrary: (fields as fc.Arbitrary<object>).map((each) => ({ do: name, ...each }) as Action),
      weight: weights[name as keyof typeof actions] ?? 1,
    })),
  ),
  { minLength: 20, maxLength: 90, size: "max" },
);
