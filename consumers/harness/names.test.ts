import { expect, test } from "vitest";
import { wrongNames } from "./names.ts";

const typescript = { files: "", declaration: /^export (?:interface|type) (\w+)/gm };
const sources = (...names: string[]) => names.map((name) => `export interface ${name} {}`).join("\n");

test("accepts the names of definitions, constants and the union", () => {
  const source = sources("Company", "Seo", "CompanyType", "IdentityResolvedEventType", "IdentityEvent");
  expect(wrongNames(source, typescript, ["Company", "Seo"])).toEqual([]);
});

test.each(["PurpleType", "Company1", "AnonymousSchema_10", "ReservedEvent", "CompanyClass", "FluffyType"])(
  "%s is found",
  (name) => {
    expect(wrongNames(sources("Company", name), typescript, ["Company"])).toEqual([
      `the type ${name} is not in the schema`,
    ]);
  },
);

test("reports a missing or a useless type", () => {
  const java = { files: "", declaration: /^public class (\w+)/gm, forbidden: /private Object \w+/ };
  const source = "public class Company {\n    private Object enrichment;\n}";
  expect(wrongNames(source, java, ["Company", "Person"])).toEqual([
    "there is no type Person",
    'the types contain "private Object enrichment"',
  ]);
});

test("accepts a generator's own spelling of a name", () => {
  const go = { files: "", declaration: /^type (\w+) /gm, renamed: { Seo: "SEO" }, added: /^Nullable/ };
  expect(wrongNames("type SEO struct {\ntype NullableSeo struct {", go, ["Seo"])).toEqual([]);
});
