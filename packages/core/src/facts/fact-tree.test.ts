import { payloads } from "@sessionhook/fixtures";
import { expect, it } from "vitest";
import type { ReceivedEvent } from "../schema/event-types.js";
import { factDefinitions, factsOf, factTree, type Facts } from "./facts.js";

it("groups facts by their paths, with every group and pages", () => {
  const facts: Facts = {
    personEmail: "a@acme.com",
    personSkills: ["x"],
    companyEmployeeCount: 0,
    visitIsEU: false,
  };
  expect(factTree(facts)).toEqual({
    event: {},
    person: { email: "a@acme.com", skills: ["x"] },
    company: { employeeCount: 0 },
    session: {},
    pages: [],
    utm: {},
    visit: { isEU: false },
    network: {},
    device: {},
    bot: {},
  });
});

it("holds every fact at its path", () => {
  for (const type of payloads.types) {
    const facts = factsOf(payloads.full(type) as unknown as ReceivedEvent);
    const tree = factTree(facts);
    for (const { name, path } of factDefinitions) {
      const [group = "", field] = path.split(".");
      const value = field === undefined ? tree[group] : (tree[group] as Record<string, unknown>)[field];
      expect(value).toEqual(facts[name as keyof Facts] ?? (field === undefined ? [] : undefined));
    }
  }
});

it("leaves out keys that are no facts, and shares nothing between calls", () => {
  const hostile = JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"person":"x"}') as Facts;
  const tree = factTree(hostile);
  expect(tree).toEqual(factTree({}));
  expect(tree["person"]).not.toBe(factTree({})["person"]);
});
