import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { closeAll, type FactStoreHarness, type FactStores } from "./harness.js";
import { recordsOfStored } from "@sessionhook/core/derive";
import {
  accept,
  allCompanies,
  allPeople,
  allSessions,
  now,
  pruneEvents,
  rebuild,
  recordsOfAll,
  route,
  routeOnly,
  snapshot,
} from "./steps.js";
import { dayMs, monday, type Visit, visit } from "./visits.js";
import { randomRuns } from "../random-runs.js";

const hour = 3_600_000;
const maybe = <Value>(values: readonly Value[]) => fc.constantFrom(undefined, ...values);

const visits = fc.record({
  type: fc.constantFrom(
    "identity.session.finalized",
    "identity.session.finalized",
    "identity.resolved",
    "identity.enriched",
    "identity.validated",
  ),
  validity: maybe(["catch_all", "invalid"]),
  sid: fc.constantFrom("s1", "s2", "s3", "s4", "s5", "\u{1f600}", "\u{ffee}", null, null, null),
  refersTo: maybe(["s1", "s2", "\u{1f600}"]),
  vid: fc.constantFrom("v1", "v2"),
  startedAt: fc.integer({ min: 0, max: 12 }).map((step) => monday + step * 7 * hour),
  madeAt: fc.integer({ min: 0, max: 6 }).map((step) => monday + 5 * dayMs + step * 1000),
  person: maybe([
    { name: "Jané Doe", email: "jane@acme.example", linkedin: "https://www.linkedin.com/in/jane" },
    { name: "Jane Roe", email: "jane@acme.example" },
    { linkedin: "https://www.linkedin.com/in/jane", title: "CTO" },
    { name: "Jane Doe", linkedin: "https://www.linkedin.com/in/jane", title: "Head of Growth" },
    {
      name: "Jane Doe",
      email: "jane@acme.example",
      linkedin: "https://www.linkedin.com/in/jane",
      title: "CEO",
    },
    { email: "bob@widgets.example" },
    { name: "Only Name" },
  ]),
  company: maybe([
    { name: "Acme", domain: "acme.com", employees: 20 },
    { name: "Acme Inc", domain: "acme.com", employees: 3000 },
    { name: "", domain: "acme.com" },
    { name: "Widgets GmbH" },
  ]),
  source: maybe(["google", "Newsletter", "x".repeat(300)]),
  medium: maybe(["cpc", "email"]),
  campaign: maybe(["spring"]),
  referrer: maybe(["https://www.google.com/search", "https://news.example.org/a"]),
  country: fc.constantFrom("DE", "US"),
  paths: maybe([["/a"], ["/a", "/b", "/a"], ["/pricing?x=1", "/pricing#y"]]),
  botScore: fc.constantFrom(90, 90, 90, 5),
  status: fc.constantFrom("accepted", "accepted", "accepted", "quarantined"),
  receivedAt: fc.integer({ min: 0, max: 9 }).map((step) => monday + 6 * dayMs + step * hour),
} as const);

type Action =
  | { readonly do: "append"; readonly visits: readonly Omit<Visit, "id">[] }
  | { readonly do: "route"; readonly most: number }
  | { readonly do: "derive"; readonly limit: number }
  | { readonly do: "accept"; readonly index: number }
  | { readonly do: "prune"; readonly hours: number }
  | { readonly do: "startRebuild" }
  | { readonly do: "step"; readonly limit: number; readonly ahead: boolean }
  | { readonly do: "rebuild" }
  | { readonly do: "reopen" };

const actions: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("append"),
      visits: fc.array(visits, { minLength: 1, maxLength: 6 }),
    } as const),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant("route"), most: fc.integer({ min: 1, max: 9 }) } as const),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant("derive"), limit: fc.integer({ min: 1, max: 9 }) } as const),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("accept"), index: fc.nat(30) } as const) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("prune"), hours: fc.nat(9) } as const) },
  { weight: 2, arbitrary: fc.constant({ do: "startRebuild" } as const) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("step"),
      limit: fc.integer({ min: 1, max: 8 }),
      ahead: fc.boolean(),
    } as const),
  },
  { weight: 1, arbitrary: fc.constant({ do: "rebuild" } as const) },
  { weight: 1, arbitrary: fc.constant({ do: "reopen" } as const) },
);

const ranges = [
  {},
  { from: monday + 5 * hour, to: monday + 2 * dayMs + 5 * hour },
  { from: monday + hour, to: monday + 9 * hour },
  { from: monday + dayMs, to: monday + 3 * dayMs, limit: 1 },
  { from: monday + 2 * dayMs, to: monday + dayMs },
];

const searches = [
  "jane",
  "JANÉ do",
  "acme.com",
  "s",
  "s1",
  "😀",
  "\u{ffee}",
  "a",
  "doe jane",
  "v1",
  "e1",
  "domain:acme",
  "widg",
  '"',
  "* OR",
  "linkedin:https",
];

/** Plays random sequences of calls on the store and on its model; both must have the same rows. */
export function describeRandom(harness: FactStoreHarness, model: FactStoreHarness): void {
  describe("agrees with its model", () => {
    test("after random calls", { timeout: 240_000 }, async () => {
      const property = fc.asyncProperty(
        fc.array(actions, { minLength: 3, maxLength: 25 }),
        async (sequence) => run(harness, model, sequence),
      );
      await expect(
        fc.assert(property, { numRuns: randomRuns(50), endOnFailure: true }),
      ).resolves.toBeUndefined();
    });
  });
}

async function run(
  harness: FactStoreHarness,
  model: FactStoreHarness,
  sequence: readonly Action[],
): Promise<void> {
  const fixtures = [await harness.make(), await model.make()] as const;
  let [real, expected] = [await fixtures[0].open(), await fixtures[1].open()];
  const played = { events: 0 };
  let behind = false;
  try {
    for (const [index, action] of sequence.entries()) {
      if (action.do === "reopen") {
        if (!harness.persistent) continue;
        await closeAll(real);
        real = await fixtures[0].open();
        continue;
      }
      const first = played.events;
      await play(real, action, { events: first });
      await play(expected, action, played);
      if (action.do === "route") behind = true;
      if (action.do === "derive") behind = await real.deliveries.deriveRouted(action.limit);
      const last = index === sequence.length - 1;
      if (last) for (const each of [real, expected]) await route(each);
      // The model derives at once, and a rechecked event before the router has come to it.
      const settled = last || (!behind && (await real.deliveries.lag()) === 0);
      if (settled) await compare(real, expected, `step ${index}`, last);
    }
    for (const each of [real, expected]) await route(each);
    const before = await snapshot(real.facts, ranges);
    expect(before).toEqual(await snapshot(expected.facts, ranges));
    await rebuild(real);
    expect(await snapshot(real.facts, ranges), "rebuilt").toEqual(before);
    expect((await real.facts.status()).rebuild).toBeNull();
  } finally {
    await closeAll(real);
    await closeAll(expected);
    for (const fixture of fixtures) await fixture.cleanup();
  }
}

async function play(stores: FactStores, action: Action, played: { events: number }): Promise<void> {
  switch (action.do) {
    case "append":
      return void (await stores.events.append(
        action.visits.map((each) => visit({ ...each, id: `e${played.events++}` })),
      ));
    case "route":
      return routeOnly(stores, action.most);
    case "accept":
      return accept(stores, `e${action.index}`);
    case "prune":
      return pruneEvents(stores, monday + 6 * dayMs + action.hours * hour);
    case "startRebuild":
      return void (await stores.facts.startRebuild(now));
    case "step":
      return void (await stores.facts.rebuildStep(
        action.limit,
        recordsOfStored,
        action.ahead ? recordsOfAll : undefined,
      ));
    case "rebuild":
      return rebuild(stores);
    case "derive":
    case "reopen":
  }
}

async function compare(real: FactStores, expected: FactStores, when: string, whole: boolean): Promise<void> {
  if (!whole) return expect(await allSessions(real.facts), when).toEqual(await allSessions(expected.facts));
  expect(await snapshot(real.facts, ranges), when).toEqual(await snapshot(expected.facts, ranges));
  for (const { facts } of [real, expected]) expect((await facts.status()).incomplete).toBe(false);
  for (const q of searches)
    for (const read of [allSessions, allPeople, allCompanies])
      expect(await read(real.facts, { q }), `${when}: ${read.name} ${q}`).toEqual(
        await read(expected.facts, { q }),
      );
  for (const filter of [
    { source: "google" },
    { country: "DE", medium: "cpc" },
    { employeesFrom: 21 },
    { employeesTo: 21 },
    { company: "domain:acme.com" },
    { from: ranges[1]?.from, to: ranges[1]?.to },
  ])
    for (const read of [allSessions, allPeople, allCompanies])
      expect(await read(real.facts, filter, 2), `${when}: ${read.name} ${JSON.stringify(filter)}`).toEqual(
        await read(expected.facts, filter, 2),
      );
  for (const filter of [
    { bots: "only" },
    { bots: "without", identified: true },
    { identified: false },
    { visitorId: "v1", q: "s" },
    { person: "email:jane@acme.example" },
  ] as const)
    expect(await allSessions(real.facts, filter, 2), JSON.stringify(filter)).toEqual(
      await allSessions(expected.facts, filter, 2),
    );
  for (let index = 0; index < 30; index++)
    expect(await real.facts.sessionOfEvent(`e${index}`)).toEqual(
      await expected.facts.sessionOfEvent(`e${index}`),
    );
}
