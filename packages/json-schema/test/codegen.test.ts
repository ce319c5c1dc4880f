import { eventTypes } from "@sessionhook/core";
import { payloads } from "@sessionhook/fixtures";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { eventName } from "../scripts/definitions.js";
import { type Node, nodesOf } from "../scripts/node.js";
import { publishedFiles, readJson } from "./published.js";

const union = readJson("codegen/events.schema.json") as Node & { definitions: Record<string, Node> };
const java = publishedFiles().filter((file) => file.startsWith("codegen/java/"));
const components = (file: string) =>
  (readJson(file) as { components: { schemas: Record<string, Node> } }).components.schemas;
const documents: [string, Node[]][] = [
  ["codegen/events.schema.json", [union, ...Object.values(union.definitions)]],
  ["codegen/asyncapi.json", Object.values(components("codegen/asyncapi.json"))],
  ["codegen/asyncapi-without-null.json", Object.values(components("codegen/asyncapi-without-null.json"))],
  ["codegen/java", java.map((file) => readJson(file) as Node)],
];

describe.each(documents)("%s", (_, roots) => {
  const nodes = roots.flatMap((root) => [...nodesOf(root)]);

  it("has no formats, conditions, integers and examples, and nothing beside a reference", () => {
    expect(nodes.length).toBeGreaterThan(200);
    for (const node of nodes) {
      for (const keyword of ["format", "if", "then", "else", "examples", "allOf"])
        expect(node).not.toHaveProperty(keyword);
      expect([node.type].flat()).not.toContain("integer");
      if (node.$ref !== undefined && !roots.includes(node)) expect(Object.keys(node)).toEqual(["$ref"]);
    }
  });

  it("has a title on every object with properties and on every constant, each once", () => {
    const titled = nodes.filter((node) => node.properties !== undefined || "const" in node);
    const titles = titled.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    for (const title of titles) expect(title).toMatch(/^[A-Z]\w+$/);
  });
});

describe("codegen/events.schema.json", () => {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true });
  const accepts = ajv.compile(union);

  it.each(eventTypes)("accepts every form of %s that the schema of its type accepts", (type) => {
    for (const event of [payloads.full(type), payloads.minimal(type), payloads.olderEnvelope(type)])
      expect(accepts(event), JSON.stringify(accepts.errors)).toBe(true);
    expect(accepts({ ...payloads.full(type), created: 1739571908123.5 })).toBe(true);
    expect(accepts({ ...payloads.full(type), data: null })).toBe(false);
  });
});

describe.each(["codegen/asyncapi-without-null.json", "codegen/java"])("%s", (name) => {
  it("has no anyOf, of which generators for Java make an Object", () => {
    const [, roots = []] = documents.find(([of]) => of === name) ?? [];
    for (const node of roots.flatMap((root) => [...nodesOf(root)])) expect(node).not.toHaveProperty("anyOf");
  });
});

describe("codegen/java", () => {
  it("has one file per definition, which refers to files that exist", () => {
    expect(java).toEqual(Object.keys(union.definitions).map((name) => `codegen/java/${name}.json`));
    for (const type of eventTypes) expect(java).toContain(`codegen/java/${eventName(type)}.json`);
    for (const file of java)
      for (const { $ref } of nodesOf(readJson(file) as Node))
        if ($ref !== undefined) expect(java).toContain(`codegen/java/${$ref}`);
  });
});

describe("codegen/openapi.json", () => {
  it("has nothing that only OpenAPI 3.1 has, and no dangling reference", () => {
    const text = JSON.stringify(readJson("codegen/openapi.json"));
    expect(text).not.toMatch(/"(?:const|webhooks|anyOf)":|"type":\[|"null"/);
    const schemas = components("codegen/openapi.json");
    for (const [, name = ""] of text.matchAll(/#\/components\/schemas\/(\w+)/g))
      expect(schemas).toHaveProperty(name);
    expect(Object.keys(schemas).filter((name) => /Problem/.test(name))).toEqual(["Problem"]);
  });
});
