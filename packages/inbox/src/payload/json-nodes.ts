/** Number of entries to read from one object or array; the others are only counted. */
export const maxEntries = 200;
/** Levels of nesting to read; deeper values are left out. */
export const maxDepth = 64;

export interface JsonEntry {
  /** The name of an object's member; null in an array. */
  readonly key: string | null;
  readonly node: JsonNode;
}

interface JsonContainer {
  readonly kind: "object" | "array";
  /** The first `maxEntries` entries. */
  readonly entries: readonly JsonEntry[];
  /** The number of all entries. */
  readonly count: number;
}

/**
 * A JSON text as written: preserves the digits of numbers (`1.0`, `12345678901234567890`) and the order and
 * repeated members, which `JSON.parse` loses.
 */
export type JsonNode =
  | JsonContainer
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "number" | "boolean" | "null"; readonly text: string }
  | { readonly kind: "too-deep" };

/** Reads a JSON text for display; returns undefined when it is not JSON. */
export function readJson(text: string): JsonNode | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return new Reader(text).readValue(0);
}

/** Reads a text that is known to be valid JSON, so it checks no syntax. */
class Reader {
  readonly #text: string;
  #position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readValue(depth: number): JsonNode {
    switch (this.#peek()) {
      case "{":
        return depth < maxDepth ? this.#readContainer("object", "}", depth) : this.#skipTooDeep();
      case "[":
        return depth < maxDepth ? this.#readContainer("array", "]", depth) : this.#skipTooDeep();
      case '"':
        return { kind: "string", text: this.#readString() };
      default:
        return this.#readScalar();
    }
  }

  #readContainer(kind: "object" | "array", end: string, depth: number): JsonContainer {
    const entries: JsonEntry[] = [];
    let count = 0;
    this.#position++;
    while (this.#peek() !== end) {
      if (this.#peek() === ",") this.#position++;
      if (count < maxEntries) {
        const key = kind === "object" ? this.#readKey() : null;
        entries.push({ key, node: this.readValue(depth + 1) });
      } else {
        this.#skipEntry();
      }
      count++;
    }
    this.#position++;
    return { kind, entries, count };
  }

  #readKey(): string {
    this.#peek();
    const key = this.#readString();
    this.#peek();
    this.#position++; // the colon
    return key;
  }

  #readString(): string {
    const start = this.#position;
    this.#skipString();
    return JSON.parse(this.#text.slice(start, this.#position)) as string;
  }

  #readScalar(): JsonNode {
    const text = this.#match(/[^\s,\]}]+/y);
    if (text === "null") return { kind: "null", text };
    return { kind: text === "true" || text === "false" ? "boolean" : "number", text };
  }

  #skipTooDeep(): JsonNode {
    this.#skipEntry();
    return { kind: "too-deep" };
  }

  /** Moves to the end of an array item, an object member or a container. */
  #skipEntry(): void {
    let depth = 0;
    for (;;) {
      const next = this.#peek();
      if (depth === 0 && (next === "," || next === "]" || next === "}")) return;
      if (next === '"') {
        this.#skipString();
      } else {
        if (next === "{" || next === "[") depth++;
        if (next === "}" || next === "]") depth--;
        this.#position++;
      }
      if (this.#position >= this.#text.length) return;
    }
  }

  #skipString(): void {
    for (this.#position++; this.#text[this.#position] !== '"'; this.#position++) {
      if (this.#text[this.#position] === "\\") this.#position++;
    }
    this.#position++;
  }

  /** Skips white space and returns the next character without consuming it. */
  #peek(): string | undefined {
    this.#match(/[ \t\r\n]*/y);
    return this.#text[this.#position];
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.#text)?.[0] ?? "";
    this.#position += found.length;
    return found;
  }
}
