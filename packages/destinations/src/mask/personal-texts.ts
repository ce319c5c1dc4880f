import type { DeliveryItem } from "@sessionhook/core";

/** Maximum number of texts: more than any event of the provider has. Further ones of a hostile event are ignored. */
const maxTexts = 1000;

/** Returns every text of the events and every number that could identify a person, to mask them in answers. */
export function* personalTexts(items: readonly DeliveryItem[]): Generator<string> {
  for (const { event, facts } of items) {
    yield* leaves(facts);
    yield* leaves(parsed(event.raw));
  }
}

function parsed(raw: Uint8Array): unknown {
  const text = new TextDecoder().decode(raw);
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function* leaves(root: unknown): Generator<string> {
  const stack: unknown[] = [root];
  let left = maxTexts;
  while (stack.length > 0 && left > 0) {
    const value = stack.pop();
    if (typeof value === "string" || typeof value === "number") {
      const text = String(value);
      if (text.length < (typeof value === "number" ? 5 : 2)) continue;
      left -= 1;
      yield text;
    } else if (typeof value === "object" && value !== null) {
      for (const child of Object.values(value)) stack.push(child);
    }
  }
}
