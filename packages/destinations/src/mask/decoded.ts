import { withoutOuterEscapes } from "@sessionhook/core/privacy";
import { TracedText } from "./traced-text.js";

/** Layers of encodings that are decoded: an answer may quote JSON in JSON, or a URL in a URL. */
const maxLayers = 8;

/** Returns the text, and what it is after each layer of encodings. `complete` is false if encodings are left. */
export function decodeLayers(text: string): { layers: readonly TracedText[]; complete: boolean } {
  let current = composed(TracedText.of(text.toWellFormed()));
  const layers = [current];
  for (let layer = 0; layer < maxLayers; layer += 1) {
    const next = withoutOuterEscapes(current);
    if (next.text === current.text) return { layers, complete: true };
    current = composed(next.wellFormed());
    layers.push(current);
  }
  return { layers, complete: false };
}

/** Returns the text without any encoding. */
export function decoded(text: string): string {
  return decodeLayers(text).layers.at(-1)?.text ?? text;
}

/** Composes letters and their accents. */
function composed(traced: TracedText): TracedText {
  return traced.replace(/\P{M}\p{M}{1,8}/gu, ([letter]) => letter.normalize("NFC"));
}
