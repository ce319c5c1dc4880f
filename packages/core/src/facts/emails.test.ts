import { describe, expect, it } from "vitest";
import { rankEmails } from "./emails.js";

const judged = (email: unknown, validity: unknown) => ({ email, validity, provider: "p", error: null });
const order = (...args: Parameters<typeof rankEmails>) => rankEmails(...args).map(({ address }) => address);

it("trims addresses and lower-cases them, each once", () => {
  const emails = rankEmails([{ value: " Jane@ACME.com " }, { value: "jane@acme.com" }], undefined);
  expect(emails).toEqual([
    { address: "jane@acme.com", domain: "acme.com", judgement: "unknown", freemail: false, work: true },
  ]);
});

it.each([
  ["valid", "valid"],
  ["valid_catch_all", "valid"],
  ["catch_all", "risky"],
  ["invalid", "invalid"],
  ["disposable", "unknown"],
  ["__proto__", "unknown"],
  [null, "unknown"],
  [7, "unknown"],
])("takes the validity %j for %s", (validity, judgement) => {
  expect(rankEmails([{ value: "a@acme.com" }], [judged("A@Acme.com", validity)])[0]?.judgement).toBe(
    judgement,
  );
});

it.each([
  [["valid", "catch_all"], "risky"],
  [["invalid", "valid"], "invalid"],
  [[null, "valid"], "valid"],
  [["valid", null, "disposable"], "valid"],
])("lets the most cautious of %j count", (validities, judgement) => {
  const validations = validities.map((validity) => judged("a@acme.com", validity));
  expect(rankEmails([], validations)[0]?.judgement).toBe(judgement);
});

describe("puts", () => {
  const four = ["unknown@acme.com", "invalid@acme.com", "risky@acme.com", "valid@acme.com"];
  it("valid before risky before unknown before invalid", () => {
    const validations = [
      judged("valid@acme.com", "valid"),
      judged("risky@acme.com", "catch_all"),
      judged("invalid@acme.com", "invalid"),
    ];
    expect(
      order(
        four.map((value) => ({ value })),
        validations,
      ),
    ).toEqual(["valid@acme.com", "risky@acme.com", "unknown@acme.com", "invalid@acme.com"]);
  });

  it("addresses at work before others of the same judgement", () => {
    expect(order([{ value: "a@gmail.com" }, { value: "b@acme.com" }], undefined)).toEqual([
      "b@acme.com",
      "a@gmail.com",
    ]);
  });

  it("a valid freemail address before an unknown one at work", () => {
    const candidates = [{ value: "b@acme.com" }, { value: "a@gmail.com" }];
    expect(order(candidates, [judged("a@gmail.com", "valid")])).toEqual(["a@gmail.com", "b@acme.com"]);
  });

  it("the declared use above that of the domain, and an unknown use aside", () => {
    const candidates = [
      { value: "own@jane.name", type: "personal" },
      { value: "firm@gmail.com", type: "professional" },
      { value: "other@acme.com", type: "school" },
    ];
    expect(rankEmails(candidates, undefined).map(({ address, work }) => [address, work])).toEqual([
      ["firm@gmail.com", true],
      ["other@acme.com", true],
      ["own@jane.name", false],
    ]);
  });

  it("addresses that only a validation names behind the others", () => {
    expect(order([{ value: "z@acme.com" }], [judged("a@acme.com", null)])).toEqual([
      "z@acme.com",
      "a@acme.com",
    ]);
  });
});

it.each([
  "jane",
  "@acme.com",
  "jane@",
  "jane@acme@com",
  "Jane <jane@acme.com>",
  "a@acme.com, b@acme.com",
  "mailto:jane@acme.com",
  "jane@acme.com\u0000",
  "ja\uD800ne@acme.com",
  "ja\u202Ene@acme.com",
  `${"a".repeat(250)}@acme.com`,
  "a".repeat(1_000_000),
  "",
  null,
  7,
  ["jane@acme.com"],
])("takes %j for no address", (value) => {
  expect(rankEmails([{ value }], [judged(value, "valid")])).toEqual([]);
});

it("reads the first 1,000 validations", () => {
  const validations = Array.from({ length: 1001 }, (_, at) => judged(`a${at}@acme.com`, "valid"));
  expect(rankEmails([], validations)).toHaveLength(1000);
});
