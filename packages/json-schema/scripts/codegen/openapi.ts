import { knownEvent, openApi, receiveEvent } from "../openapi.ts";
import type { Node } from "../node.ts";

type Value = null | boolean | number | string | Value[] | { [key: string]: Value };
type Tree = { [key: string]: Value };

/**
 * Returns the OpenAPI document for generators: version 3.0, which all of them read, without `webhooks`, with one Problem for
 * all errors and the events in the form of `codegenDefinitions`. It leaves out the exports: a generated function has one type.
 * The body of an event is one of the known types, from which generators make a type.
 */
export function codegenOpenApi(events: Record<string, Node>): Tree {
  const { webhooks: _, ...document } = openApi();
  const { summary: _summary, license, ...info } = document.info;
  const { schemas, responses, ...components } = document.components;
  const own = Object.entries(schemas).filter(([name]) => !(name in events) && !/Problem/.test(name));
  const tree = {
    ...document,
    openapi: "3.0.3",
    paths: { ...document.paths, "/webhooks": { post: receiveEvent(knownEvent) } },
    info: { ...info, license: { name: license.name, url: "https://opensource.org/license/mit" } },
    components: {
      ...components,
      responses,
      schemas: Object.fromEntries([...own, ["Problem", problem(schemas)], ...Object.entries(events)]),
    },
  } as unknown as Tree;
  return older(tree) as Tree;
}

/** Returns the schema of a problem document with any code: generated clients must be able to read a code that is new. */
function problem(schemas: Record<string, unknown>): Node {
  const { title: _, properties, ...rest } = schemas["Problem422"] as Node;
  const { status, code, ...others } = properties as Record<string, Node>;
  const { const: _status, ...anyStatus } = status as Node;
  const { enum: _codes, ...anyCode } = code as Node;
  return { title: "Problem", ...rest, properties: { status: anyStatus, code: anyCode, ...others } };
}

/** Rewrites what OpenAPI 3.0 does not have: null as a type, constants, lists of examples, and references to definitions. */
function older(value: Value): Value {
  if (Array.isArray(value)) return value.map(older);
  if (typeof value !== "object" || value === null) return value;
  const { examples, const: constant, anyOf, type, ...rest } = withoutExports(value);
  const made: Tree = Object.fromEntries(Object.entries(rest).map(([key, one]) => [key, older(one)]));
  // A parameter or property can be named like a keyword; only a schema has a list or string there.
  if (typeof examples === "object" && !Array.isArray(examples)) made["examples"] = older(examples);
  if (constant !== undefined) made["enum"] = [constant];
  if (Array.isArray(type)) {
    made["type"] = type.find((one) => one !== "null") ?? null;
    made["nullable"] = true;
  } else if (type !== undefined) made["type"] = older(type);
  if (Array.isArray(anyOf)) {
    // OpenAPI 3.0.3 knows nullable only beside a type, but beside one openapi-python-client drops it from a reference.
    made["allOf"] = anyOf.slice(0, 1).map(older);
    made["nullable"] = true;
  }
  // Without a format, openapi-generator reads numbers into 32 bits, too few for times.
  if (made["type"] === "number") made["format"] = "double";
  if (made["type"] === "integer") made["format"] = "int64";
  const { $ref } = made;
  if (typeof $ref === "string") made["$ref"] = componentOf($ref);
  return made;
}

function withoutExports(value: Tree): Tree {
  const { parameters, "text/csv": _csv, "application/x-ndjson": _ndjson, ...rest } = value;
  if (!Array.isArray(parameters)) return parameters === undefined ? rest : { ...rest, parameters };
  const others = parameters.filter((one) => (one as Tree)["name"] !== "format");
  return { ...rest, parameters: others };
}

function componentOf(ref: string): string {
  if (/Problem/.test(ref)) return "#/components/schemas/Problem";
  return ref.replace("#/definitions/", "#/components/schemas/");
}
