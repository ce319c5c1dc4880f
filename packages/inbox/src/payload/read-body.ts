import { type JsonNode, readJson } from "./json-nodes.js";

/** A raw body, classified for display. */
export type Body =
  | { readonly kind: "empty" }
  | { readonly kind: "json"; readonly root: JsonNode }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "binary" };

/** Classifies a body as empty, JSON, other text (valid UTF-8) or binary. */
export function readBody(raw: Uint8Array): Body {
  if (raw.byteLength === 0) return { kind: "empty" };
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(raw);
  } catch {
    return { kind: "binary" };
  }
  const root = readJson(text);
  return root === undefined ? { kind: "text", text } : { kind: "json", root };
}
