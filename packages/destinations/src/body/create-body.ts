import type { DeliveryItem } from "@sessionhook/core";
import { factTree, type FactTree } from "@sessionhook/core/facts";
import type { BodyConfig } from "./config.js";
import { type TextPart, textParts } from "./map-problems.js";

/** Creates the body for an event; returns undefined if the body needs facts and the event has none. */
export type CreateBody<T> = (item: DeliveryItem) => T | undefined;

/**
 * Returns the function that creates bodies as configured.
 * @param raw creates the body for `raw`
 */
export function bodyOf<T>(config: BodyConfig, raw: CreateBody<T>): CreateBody<T | object> {
  if (config === "raw") return raw;
  if (config === "flat") return ({ facts }) => facts;
  const fill = compile(config.map);
  return ({ facts }) => (facts === undefined ? undefined : (fill(factTree(facts)) as object));
}

type Fill = (tree: FactTree) => unknown;

/** Compiles a checked map into a function. */
function compile(value: unknown): Fill {
  if (typeof value === "string") return compileText(textParts(value) ?? []);
  if (Array.isArray(value)) {
    const items = value.map(compile);
    // An absent fact is null here, so that the other entries have their places.
    return (tree) => items.map((item) => item(tree) ?? null);
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, child]) => [key, compile(child)] as const);
    // JSON.stringify omits undefined values: an absent fact has no key.
    return (tree) => Object.fromEntries(entries.map(([key, fill]) => [key, fill(tree)]));
  }
  return () => value;
}

/**
 * Compiles a text: one that is a single fact becomes the fact with its type; inside a text, an absent fact is empty. A text
 * whose facts are all absent has no value.
 */
function compileText(parts: readonly TextPart[]): Fill {
  const [first] = parts;
  if (first === undefined) return () => "";
  if (parts.length === 1 && "fact" in first) return (tree) => valueAt(tree, first.fact);
  const constant = parts.every((part) => "text" in part);
  return (tree) => {
    const values = parts.map((part) => ("text" in part ? part.text : valueAt(tree, part.fact)));
    const found = constant || parts.some((part, i) => "fact" in part && values[i] !== undefined);
    return found ? values.map(textOf).join("") : undefined;
  };
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") : String(value ?? "");
}

function valueAt(tree: FactTree, path: readonly string[]): unknown {
  let value: unknown = tree;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
