/** Entries kept of one object or array; the rest is counted. */
export const maxEntries = 200;
/** Levels of nesting that are read; what lies deeper is left out. */
export const maxDepth = 64;

export interface JsonEntry {
  /** The name of an object's member; null in an array. */
  readonly key: string | null;
  readonly node: JsonNode;
}

interface JsonContainer {
  readonly kind: "object" | "array";
  /** The first 200 entries. */
  readonly entries: readonly JsonEntry[];
  /** How many there are. */
  readonly count: number;
}

/**
 * A JSON text as it was written: numbers keep their digits (`1.0`, `12345678901234567890`), members
 * their order and repetitions. `JSON.parse` loses all of these.
 */
export type JsonNode =
  | JsonContainer
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "number" | "boolean" | "null"; readonly text: string }
  | { readonly kind: "too-deep" };

/** Reads a JSON text for showing; undefined when it is not JSON. */
export function readJson(text: string): JsonNode | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  return new Reader(text).readValue(0);
}

/** Walks over a text already known to be valid, so it looks only as closely as it must. */
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

  /** Goes to the end of an array item, an object member or a container. */
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

  /** The next character that is not white space. */
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
