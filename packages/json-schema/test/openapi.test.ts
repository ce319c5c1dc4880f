import { readFileSync } from "node:fs";
import { eventTypes, generateSecret, SignatureError, verifySignature } from "@sessionhook/core";
import { payloads } from "@sessionhook/fixtures";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { Node } from "../scripts/node.js";
import { readJson } from "./published.js";

interface Operation {
  operationId: string;
  tags: string[];
  security: Record<string, unknown>[];
  parameters: { $ref: string }[];
  requestBody: {
    content: Record<string, { schema: { $ref: string }; examples: Record<string, { value: unknown }> }>;
  };
  responses: Record<string, { $ref: string }>;
}
interface Document {
  openapi: string;
  webhooks: Record<string, { post: Operation }>;
  paths: Record<string, { post?: Operation }>;
  components: Record<string, Record<string, unknown>> & { schemas: Record<string, Node> };
}

const document = readJson("openapi.json") as Document;
const at = (ref: string) =>
  ref
    .slice(2)
    .split("/")
    .reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], document);

const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema({ $id: "https://sessionhook.dev/openapi", ...(document as object) });
const fits = (ref: string, value: unknown) => ajv.validate(`https://sessionhook.dev/openapi${ref}`, value);

interface KnownEvents {
  oneOf: { $ref: string }[];
  discriminator: { mapping: Record<string, string> };
}

/** Returns the schema of the body of POST /webhooks. */
const bodyOf = ({ paths }: Document) =>
  (paths["/webhooks"]?.post?.requestBody.content["application/json"]?.schema ??
    expect.fail("no body")) as Node;

const operationOf = (type: string) => document.webhooks[type]?.post ?? expect.fail(`no webhook ${type}`);

/** Returns whether the receiver gets as far as comparing signatures. */
function isWellFormed(headers: Record<string, string>): boolean {
  try {
    verifySignature("{}", { headers, secrets: generateSecret(), toleranceSeconds: Number.POSITIVE_INFINITY });
    return true;
  } catch (error) {
    return SignatureError.isInstance(error) && error.code === "signature_mismatch";
  }
}

describe("openapi.json", () => {
  it("has one webhook per event type, with its name", () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(Object.keys(document.webhooks)).toEqual([...eventTypes]);
    const ids = Object.values(document.webhooks).map(({ post }) => post.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("has no dangling reference and no unused component", () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, ref = ""]) => ref,
    );
    for (const ref of references) expect(at(ref), ref).toBeDefined();
    for (const section of ["schemas", "parameters", "responses"])
      for (const name of Object.keys(document.components[section] ?? {}))
        expect(references, name).toContain(`#/components/${section}/${name}`);
  });

  it.each(eventTypes)("%s has three headers, a signature and a body schema", (type) => {
    const { parameters, security, requestBody } = operationOf(type);
    const names = parameters.map(({ $ref }) => (at($ref) as { name: string }).name);
    expect(names).toEqual(["webhook-id", "webhook-timestamp", "webhook-signature"]);
    for (const scheme of security.flatMap((entry) => Object.keys(entry)))
      expect(document.components["securitySchemes"]).toHaveProperty(scheme);
    const { schema, examples } = requestBody.content["application/json"] ?? expect.fail("no JSON body");
    expect(Object.values(examples)).toHaveLength(2);
    for (const { value } of Object.values(examples)) expect(fits(schema.$ref, value)).toBe(true);
    for (const other of eventTypes.filter((other) => other !== type))
      expect(fits(schema.$ref, payloads.full(other))).toBe(false);
  });

  it("has the statuses and codes of docs/http-api.md", () => {
    const guide = readFileSync(new URL("../../../docs/http-api.md", import.meta.url), "utf8");
    const documented = new Map<string, string[]>();
    for (const [, status = "", codes = ""] of guide.matchAll(/^\| (\d{3})[^|]*\| ([^|]+)\|/gm)) {
      // 405 belongs to the path, not to the webhook: a sender that uses the right method never receives it.
      if (status === "405") continue;
      const named = [...codes.matchAll(/`(\w+)`/g)].map(([, code = ""]) => code);
      documented.set(status, [...(documented.get(status) ?? []), ...named]);
    }
    expect(documented.size).toBeGreaterThan(5);
    for (const type of eventTypes)
      expect(Object.keys(operationOf(type).responses)).toEqual(["200", ...documented.keys()]);
    for (const [status, codes] of documented) {
      const problem = document.components.schemas[`Problem${status}`];
      expect(problem?.properties?.["code"]?.["enum"], status).toEqual(codes);
      const answer = { type: "about:blank", title: "x", status: Number(status), code: codes[0], detail: "y" };
      expect(fits(`#/components/schemas/Problem${status}`, answer)).toBe(true);
      expect(fits(`#/components/schemas/Problem${status}`, { ...answer, code: "unheard_of" })).toBe(false);
      expect(fits(`#/components/schemas/Problem${status}`, { ...answer, detail: undefined })).toBe(false);
    }
  });

  it("has the type and the required fields in every problem, for generators that do not merge allOf", () => {
    const problems = Object.entries(document.components.schemas).filter(([name]) => /Problem/.test(name));
    expect(problems.length).toBeGreaterThan(8);
    for (const [name, schema] of problems) {
      expect(schema, name).toMatchObject({
        type: "object",
        required: ["type", "title", "status", "code", "detail"],
      });
      expect(schema.allOf, name).toBeUndefined();
      expect(schema.properties?.["code"]?.["enum"], name).not.toEqual([]);
    }
  });

  it("has one operation for all webhooks, for generators that read only paths", () => {
    const known = bodyOf(document).anyOf?.[0] as unknown as KnownEvents;
    expect(Object.keys(known.discriminator.mapping)).toEqual([...eventTypes]);
    expect(known.oneOf.map(({ $ref }) => $ref)).toEqual(Object.values(known.discriminator.mapping));
    const tags = new Set(Object.values(document.webhooks).flatMap(({ post }) => post.tags));
    expect(tags).not.toContain(document.paths["/webhooks"]?.post?.tags[0]);
  });

  const stored: [string, unknown][] = [
    ...eventTypes.map((type): [string, unknown] => [type, payloads.full(type)]),
    ["an event of an unknown type", { type: "identity.unheard.of" }],
    ["an event that does not fit its schema", { ...payloads.full("identity.resolved"), data: null }],
    ["JSON that is not an event", [1, "a", null]],
  ];

  it.each(stored)("lets a gateway pass what the receiver stores: %s", (_, value) => {
    const pointer = "#/paths/~1webhooks/post/requestBody/content/application~1json/schema";
    expect(fits(pointer, value)).toBe(true);
  });

  it("lets generators make a type of the known events alone", () => {
    const schema = bodyOf(readJson("codegen/openapi.json") as Document) as unknown as KnownEvents;
    expect(Object.keys(schema)).toEqual(["oneOf", "discriminator"]);
    expect(Object.keys(schema.discriminator.mapping)).toEqual([...eventTypes]);
  });

  const characters = Array.from({ length: 0x180 }, (_, code) => String.fromCharCode(code));
  const timestamps = [
    "0",
    "00",
    "01",
    "1",
    "+1",
    "-1",
    "1.5",
    "",
    " 1",
    "1\n",
    "9".repeat(15),
    "9".repeat(16),
  ];
  const headerValues: [string, string, readonly string[]][] = [
    [
      "webhook-id",
      "webhook-timestamp",
      ["", "a.b", "evt_1", "a".repeat(256), "a".repeat(257), ...characters],
    ],
    ["webhook-timestamp", "webhook-id", timestamps],
  ];

  it.each(headerValues)("accepts in %s what the receiver accepts", (name, other, values) => {
    for (const value of values) {
      const headers = { "webhook-signature": "v1,AAAA", [other]: "1", [name]: value };
      expect(fits(`#/components/parameters/${name}/schema`, value), JSON.stringify(value)).toBe(
        isWellFormed(headers),
      );
    }
  });

  it.each(["accepted", "duplicate", "conflict", "quarantined", "unrecognized"])(
    "acknowledges with %s",
    (status) => {
      const ref = "#/components/schemas/Acknowledgement";
      expect(fits(ref, { status, id: "evt_1" })).toBe(true);
      expect(fits(ref, { status })).toBe(false);
      expect(fits(ref, { status: "ok", id: "evt_1" })).toBe(false);
    },
  );
});

it("limits the body of a replay as the server does", () => {
  const request = "#/components/schemas/ReplayRequest";
  expect(fits(request, { destinations: ["crm"], events: ["evt_1"], from: 0, to: 1 })).toBe(true);
  for (const wrong of [
    { destinations: [""] },
    { destinations: ["x".repeat(257)] },
    { events: [""] },
    { events: ["x".repeat(257)] },
    { from: -1 },
    { to: 1.5 },
  ])
    expect(fits(request, wrong), JSON.stringify(wrong)).toBe(false);
});
