import { definition } from "../find-issues.js";
import type { Definitions, RootSchema, SchemaNode } from "../schema-node.js";

/** A schema prepared for scanning. Every plan has every property, so that property access stays monomorphic. */
export interface Plan {
  /** `text`: only the text of a `const`. `any object`: one without known fields. */
  readonly kind: "string" | "number" | "integer" | "boolean" | "array" | "object" | "any object" | "text";
  readonly nullable: boolean;
  readonly text: Uint8Array;
  /** The plan of the items of an array. Every array in the event schemas has one. */
  readonly items: Plan | undefined;
  readonly fields: readonly Field[];
  /** The object is complete once all fields of one of these sets are present; bits as in `Field.bit`. */
  readonly sufficient: readonly number[];
  /** The field that usually comes first. */
  readonly start: Follower;
}

/** Senders write their fields in a fixed order, so the field that came next last time is tried first. */
export interface Follower {
  next: Field | undefined;
}

export interface Field extends Follower {
  /** The name as written in JSON, with its quotes. */
  readonly name: Uint8Array;
  /** The quoted name followed by a colon. */
  readonly key: Uint8Array;
  readonly plan: Plan;
  /** The bit of the field in a set; 0 if the field is optional. */
  readonly bit: number;
}

const encoder = new TextEncoder();
export const json = (value: string): Uint8Array => encoder.encode(JSON.stringify(value));

/** @param schema as `schemaOf` returns it, with its definitions */
export function planOf(schema: RootSchema): Plan {
  return plan(schema, schema.$defs, false);
}

function plan(node: SchemaNode, definitions: Definitions, nullable: boolean): Plan {
  if (node.anyOf?.[0] !== undefined) return plan(node.anyOf[0], definitions, true);
  if (node.$ref !== undefined) return plan(definition(definitions, node.$ref), definitions, nullable);
  const { required = [], properties = {}, items } = node;
  const either = node.if === undefined ? [[]] : [node.if.required ?? [], node.else?.required ?? []];
  const bits = new Map([...new Set([...required, ...either.flat()])].map((name, i) => [name, 2 ** i]));
  if (bits.size > 31) throw new Error("More fields are required than a set has room for");
  const setOf = (names: readonly string[]) => names.reduce((set, name) => set | (bits.get(name) ?? 0), 0);
  return {
    kind: kindOf(node),
    nullable: nullable || Array.isArray(node.type),
    text: json(node.const ?? ""),
    items: items === undefined ? undefined : plan(items, definitions, false),
    fields: Object.entries(properties).map(([name, property]) => ({
      next: undefined,
      name: json(name),
      key: encoder.encode(`${JSON.stringify(name)}:`),
      plan: plan(property, definitions, false),
      bit: bits.get(name) ?? 0,
    })),
    sufficient: either.map((names) => setOf([...required, ...names])),
    start: { next: undefined },
  };
}

function kindOf({ type, properties, ...node }: SchemaNode): Plan["kind"] {
  if (node.const !== undefined) return "text";
  const kind = (typeof type === "string" ? type : type?.[0]) as Plan["kind"];
  return kind === "object" && properties === undefined ? "any object" : kind;
}
