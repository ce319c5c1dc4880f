import { expect, test } from "vitest";
import { wrongNames } from "./names.ts";

const typescript = { files: "", declaration: /^export (?:interface|type) (\w+)/gm };
const sources = (...names: string[]) => names.map((name) => `export interface ${name} {}`).join("\n");

test("the definitions, the constants and the union are good names", () => {
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

test("a type that is missing or useless is found", () => {
  const java = { files: "", declaration: /^public class (\w+)/gm, forbidden: /private Object \w+/ };
  const source = "public class Company {\n    private Object enrichment;\n}";
  expect(wrongNames(source, java, ["Company", "Person"])).toEqual([
    "there is no type Person",
    'the types contain "private Object enrichment"',
  ]);
});

test("a generator may write a name in its own way", () => {
  const go = { files: "", declaration: /^type (\w+) /gm, renamed: { Seo: "SEO" }, added: /^Nullable/ };
  expect(wrongNames("type SEO struct {\ntype NullableSeo struct {", go, ["Seo"])).toEqual([]);
});
