import { eventTypes, parseEvent } from "@sessionhook/core";
import { factDefinitions, factsOf, factTree } from "@sessionhook/core/facts";
import { describe, expect, it } from "vitest";
import { createSimulator } from "../src/index.js";

type Json = { readonly [key: string]: Json } & readonly Json[] & string & number & boolean & null;

/** Reads a path of JSON; of `a|b` the first that is neither missing nor null. */
const get = (json: unknown, paths: string): unknown => {
  for (const path of paths.split("|")) {
    const found = path.split(".").reduce<unknown>((at, key) => (at as Json | null | undefined)?.[key], json);
    if (found !== undefined && found !== null && found !== "") return found;
  }
  return undefined;
};
const list = (json: unknown, path: string) => (get(json, path) ?? []) as readonly unknown[];

/** A second computation of the rules, written from docs/facts.md for the values the simulator generates. */
function second(event: unknown) {
  const current = (path: string) =>
    list(event, path).find((position) => get(position, "endDate") === undefined);
  const [employment, experience] = ["employments", "experience"].map((one) =>
    current(`data.enrichment.person.${one}`),
  );
  const record =
    get(employment, "company") ?? list(event, "data.enrichment.companies")[0] ?? get(experience, "company");

  const results = [...list(event, "data.enrichment.emailValidations"), ...list(event, "data.validations")];
  const judge = (address: string) => {
    const found = results.filter((one) => (get(one, "email") as string).toLowerCase() === address);
    const has = (...validities: string[]) =>
      found.some((one) => validities.includes(get(one, "validity") as string));
    return has("invalid") ? 3 : has("catch_all") ? 1 : has("valid", "valid_catch_all") ? 0 : 2;
  };
  // All domains of the simulator are reserved; it uses those of example.* for mail at home, which no list knows.
  const uses = new Map(
    list(event, "data.identity.emails").map((one) => [
      (get(one, "value") as string).toLowerCase(),
      get(one, "type"),
    ]),
  );
  const home = (address: string) => Number(uses.get(address) === "personal");
  const named = [
    get(event, "data.enrichment.person.email"),
    ...uses.keys(),
    ...results.map((one) => get(one, "email")),
  ];
  const emails = [...new Set(named.filter((one) => typeof one === "string").map((one) => one.toLowerCase()))];
  const ranked = emails.toSorted((a, b) => judge(a) - judge(b) || home(a) - home(b));
  const best = ranked.find((address) => judge(address) < 3);
  const work = ranked.find((address) => judge(address) < 3 && home(address) === 0);

  // The domains of the simulator end in .example, which is not on the Public Suffix List: two labels.
  const registrable = (host: string | undefined) =>
    host
      ?.replace(/^https?:\/\//, "")
      .split("/")[0]
      ?.split(".")
      .slice(-2)
      .join(".");
  const company = get(event, "data.identity.professional.companyName");
  const urls = [
    get(event, "data.session.landingPage"),
    ...list(event, "data.session.events").map((one) => get(one, "url")),
  ];
  const paths = [
    ...new Set(urls.filter((url) => url !== undefined).map((url) => new URL(url as string).pathname)),
  ];
  const ended = get(event, "data.session.endedAt|data.sessionEndedAt|data.session.lastActivity") as
    | number
    | undefined;
  const started = get(event, "data.session.createdAt") as number | undefined;
  return {
    personEmail: best,
    personEmailStatus: best === undefined ? undefined : ["valid", "risky", "unknown"][judge(best)],
    personEmails: ranked.length === 0 ? undefined : ranked,
    personTitle:
      get(employment, "title") ??
      get(experience, "title") ??
      get(event, "data.identity.professional.jobTitle"),
    companyName: record === undefined ? company : get(record, "name"),
    companyDomain: registrable(
      (record === undefined ? work?.split("@")[1] : get(record, "domain|website")) as string | undefined,
    ),
    companyEmployeeCount: get(record, "employeeCount|headcount.total"),
    pages: paths.length === 0 ? undefined : paths,
    sessionPageCount: paths.length === 0 ? undefined : paths.length,
    sessionDurationSeconds:
      started === undefined || ended === undefined ? undefined : (ended - started) / 1000,
    botLikely:
      get(event, "data.session.network.botManagement.verifiedBot") === true ||
      ((get(event, "data.session.network.botManagement.score") as number | undefined) ?? 100) < 30,
  };
}

describe.each(eventTypes)("the facts of simulated %s", (type) => {
  const simulator = createSimulator({ seed: 20, now: Date.UTC(2026, 5, 1) });
  const events = Array.from({ length: 400 }, () => {
    const result = parseEvent(simulator.next(type).body);
    if (result.status !== "accepted") throw new Error("the simulator generated an invalid event");
    return result.event;
  });

  it("are those of a second computation", () => {
    const present = new Map<string, number>();
    for (const event of events) {
      const facts = factsOf(event);
      const { botLikely, ...expected } = second(event);
      for (const [name, value] of Object.entries(expected)) {
        expect([event.id, name, facts[name as keyof typeof facts]]).toEqual([event.id, name, value]);
        if (value !== undefined) present.set(name, (present.get(name) ?? 0) + 1);
      }
      if (facts.botLikely !== undefined) expect(facts.botLikely).toBe(botLikely);
    }
    // Each rule was seen at work where the type has the fields for it.
    for (const name of ["personEmail", "companyDomain", "pages"])
      expect(present.get(name)).toBeGreaterThan(30);
  });

  it("have only keys of the table, survive JSON and are all in the tree", () => {
    const names = new Set(factDefinitions.map(({ name }) => name));
    for (const event of events) {
      const facts = factsOf(event);
      expect(Object.keys(facts).filter((name) => !names.has(name))).toEqual([]);
      expect(Object.values(facts)).not.toContain(undefined);
      expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
      const leaves = Object.values(factTree(facts)).flatMap((group) =>
        Array.isArray(group) ? [group] : Object.values(group),
      );
      expect(leaves.filter((leaf) => !Array.isArray(leaf) || leaf.length > 0)).toHaveLength(
        Object.keys(facts).length,
      );
    }
  });

  it("take the same values from the text of the event, whatever the order of its keys", () => {
    const reversed = (value: unknown): unknown => {
      if (typeof value !== "object" || value === null) return value;
      if (Array.isArray(value)) return value.map(reversed);
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, one]) => [key, reversed(one)]),
      );
    };
    for (const event of events.slice(0, 300))
      expect(factsOf(reversed(event) as typeof event)).toEqual(factsOf(event));
  });
});
