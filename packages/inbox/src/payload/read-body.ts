import { type JsonNode, readJson } from "./json-nodes.js";

/** What a raw body is, as far as showing it goes. */
export type Body =
  | { readonly kind: "empty" }
  | { readonly kind: "json"; readonly root: JsonNode }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "binary" };

/** Tells JSON, other text (valid UTF-8) and anything else apart. */
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
