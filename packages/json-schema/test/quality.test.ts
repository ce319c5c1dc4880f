import { eventTypes } from "@sessionhook/core";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { type Draft, drafts, schemaId } from "../scripts/drafts.js";
import { generatedFiles } from "../scripts/files.js";
import { nameOf, type Node, nodesOf } from "../scripts/node.js";
import { publishedFiles, readJson, readText, schemaOf } from "./published.js";

describe("the published files", () => {
  const generated = generatedFiles();

  it("are exactly the generated files", () => {
    expect(publishedFiles()).toEqual([...generated.keys()].toSorted());
  });

  it.each([...generated])("%s equals the generator's output", (path, text) => {
    expect(readText(path) === text, `run: npx pnpm --filter @sessionhook/json-schema generate`).toBe(true);
  });

  it("can be imported and are packed", () => {
    const { exports, files } = readJson("package.json") as {
      exports: Record<string, string>;
      files: string[];
    };
    const targets = new Set(Object.values(exports));
    for (const file of publishedFiles().filter((file) => !/^(?:codegen|examples|vectors)\//.test(file)))
      expect(targets, file).toContain(`./${file}`);
    expect(targets).toContain("./codegen/*.json");
    expect(targets).toContain("./examples/*.json");
    expect(targets).toContain("./vectors/*.json");
    for (const file of publishedFiles()) {
      const packed =
        files.includes(file.replace(/\/.*$/, "")) ||
        (/^[^/]+\.schema\.json$/.test(file) && files.includes("*.schema.json"));
      expect(packed, file).toBe(true);
    }
  });
});

const documents = (Object.keys(drafts) as Draft[]).flatMap((draft) =>
  [...eventTypes, "events" as const].map((type) => {
    const schema = schemaOf(draft, type);
    const definitions = (schema[drafts[draft].keyword] ?? {}) as Record<string, Node>;
    const { [drafts[draft].keyword]: _, ...own } = schema;
    return [`${draft} ${type}`, { draft, type, own: own as Node, definitions }] as const;
  }),
);

const expectedKeywords = new Set(
  "title description type const format $ref allOf anyOf oneOf items properties required if else examples".split(
    " ",
  ),
);

describe("draft-07, in which common validators assert formats", () => {
  const examples = publishedFiles().filter((file) => file.startsWith("examples/"));

  it.each([...eventTypes, "events" as const])(
    "%s accepts every example and unusual addresses with formats asserted",
    (type) => {
      const ajv = new Ajv({ strict: true, allowUnionTypes: true });
      (formats as unknown as (ajv: object) => void)(ajv);
      const accepts = ajv.compile(schemaOf("draft-07", type));
      const own = examples.filter((file) => type === "events" || file.startsWith(`examples/${type}.`));
      expect(own.length).toBeGreaterThan(3);
      for (const file of own) {
        // Core accepts addresses without a scheme.
        const unusual = readText(file).replaceAll('"https://', '"').replaceAll("@", " at ");
        for (const text of [readText(file), unusual])
          expect(accepts(JSON.parse(text)), `${file} ${JSON.stringify(accepts.errors)}`).toBe(true);
      }
    },
  );

  it("has no format in the schemas and in the payloads of AsyncAPI", () => {
    const { components } = readJson("asyncapi.json") as { components: { schemas: Record<string, Node> } };
    const draft07 = documents.filter(([, { draft }]) => draft === "draft-07");
    const roots = draft07.flatMap(([, { own, definitions }]) => [own, ...Object.values(definitions)]);
    const nodes = [...roots, ...Object.values(components.schemas)].flatMap((root) => [...nodesOf(root)]);
    expect(nodes.length).toBeGreaterThan(500);
    expect(nodes.filter((node) => node.format !== undefined)).toEqual([]);
  });
});

describe.each(documents)("the schema %s", (_, { draft, type, own, definitions }) => {
  const nodes = [own, ...Object.values(definitions)].flatMap((node) => [...nodesOf(node)]);

  it("has $id, dialect, title and description", () => {
    expect(own).toMatchObject({ $id: schemaId(draft, type), type: "object" });
    expect(own["$schema"]).toContain(draft);
    expect(own.title).toMatch(/^[A-Z]\w*Event$|^Event$/);
    expect(own.description).toMatch(/\.$/);
  });

  it("describes every definition and every property", () => {
    const properties = nodes.flatMap((node) => Object.entries(node.properties ?? {}));
    expect(properties.length).toBeGreaterThan(50);
    for (const [name, property] of [...properties, ...Object.entries(definitions)])
      expect(property.description, name).toMatch(/\S.{3,}/);
  });

  it("has every definition once and uses each", () => {
    const references = nodes.flatMap(({ $ref }) => ($ref === undefined ? [] : [nameOf($ref)]));
    expect([...new Set(references)].toSorted()).toEqual(Object.keys(definitions).toSorted());
    const shapes = Object.values(definitions).map((node) => JSON.stringify(node.properties));
    expect(new Set(shapes).size).toBe(shapes.length);
    for (const node of nodes.filter((node) => node.properties !== undefined))
      expect(node.title).toMatch(/^[A-Z]\w+$/);
  });

  it("has no artefacts of the generator and allows unknown fields", () => {
    // Fails for additionalProperties, minimum, pattern and similar keywords.
    const keywords = new Set(nodes.filter((node) => node !== own).flatMap((node) => Object.keys(node)));
    expect([...keywords].filter((keyword) => !expectedKeywords.has(keyword))).toEqual([]);
    expect(Object.keys(own).slice(0, 2)).toEqual(["$schema", "$id"]);
    expect(
      Object.keys(own)
        .slice(2)
        .filter((keyword) => !expectedKeywords.has(keyword)),
    ).toEqual([]);
    for (const node of nodes) {
      expect(node).not.toEqual({});
      // anyOf is only used for a definition or null; other types have null in their list of types.
      if (node.anyOf !== undefined)
        expect(node.anyOf).toEqual([{ $ref: node.anyOf[0]?.$ref }, { type: "null" }]);
      if (draft === "draft-07" && node.$ref !== undefined) expect(Object.keys(node)).toEqual(["$ref"]);
    }
  });

  it("has field examples that are valid for their field", () => {
    const withExamples = nodes.filter((node) => node.examples !== undefined && node !== own);
    expect(withExamples.length).toBeGreaterThan(30);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const node of withExamples)
      for (const example of node.examples ?? []) {
        expect(example).not.toBeNull();
        expect(ajv.validate({ type: node.type, items: node.items }, example), JSON.stringify(node)).toBe(
          true,
        );
      }
    const leaves = nodes.flatMap((node) => Object.entries(node.properties ?? {}));
    const bare = leaves.filter(([, node]) => node.format !== undefined && node.examples === undefined);
    expect(bare.map(([name]) => name)).toEqual([]);
  });
});
