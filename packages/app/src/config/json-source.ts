/** A place in a text, both from 1; the column counts UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A key or index at each level. */
export type Path = readonly (string | number)[];

/** A parsed JSON text that knows where its keys and values are. */
export interface JsonSource {
  readonly value: unknown;
  /** Returns the position of the key at a path (of the value in a list), or of the nearest level above that exists. */
  positionOf(path: Path): Position;
  /** Returns the position of the value at a path, or of the nearest level above that exists. */
  valuePositionOf(path: Path): Position;
}

/** The text is not JSON. The message quotes nothing but single punctuation characters, and the name of a duplicate key. */
export class JsonSyntaxError extends Error {
  readonly position: Position;

  constructor(message: string, position: Position) {
    super(message);
    this.name = "JsonSyntaxError";
    this.position = position;
  }
}

const maxDepth = 64;

const duplicateKey = (name: string) =>
  `the key ${JSON.stringify(name.slice(0, 80))} is already in the object; remove one of them`;

/**
 * Parses JSON (RFC 8259) and notes the position of every key and value. Equal keys in one object are an error, because
 * one of them would be ignored silently.
 * @throws JsonSyntaxError with the first place that is not JSON
 */
export function parseJsonSource(text: string): JsonSource {
  return new Parser(text).parse();
}

interface Place {
  readonly key: number;
  readonly value: number;
}

const keyOf = (path: Path) => JSON.stringify(path);

class Parser {
  readonly #text: string;
  readonly #places = new Map<string, Place>();
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    // Editors on Windows write a byte order mark.
    if (text.startsWith("\uFEFF")) this.#at = 1;
  }

  parse(): JsonSource {
    this.#skipSpace();
    const start = this.#at;
    const value = this.#value([], start, 0);
    this.#skipSpace();
    if (this.#at < this.#text.length) throw this.#error("nothing may follow the end of the JSON value");
    const find = (path: Path): Place => {
      for (let length = path.length; length >= 0; length -= 1) {
        const place = this.#places.get(keyOf(path.slice(0, length)));
        if (place !== undefined) return place;
      }
      return { key: start, value: start };
    };
    return {
      value,
      positionOf: (path) => this.#position(find(path).key),
      valuePositionOf: (path) => this.#position(find(path).value),
    };
  }

  #value(path: Path, key: number, depth: number): unknown {
    if (depth > maxDepth) throw this.#error(`must not be nested deeper than ${maxDepth} levels`);
    this.#places.set(keyOf(path), { key, value: this.#at });
    switch (this.#text[this.#at]) {
      case "{":
        return this.#object(path, depth);
      case "[":
        return this.#list(path, depth);
      case '"':
        return this.#string();
      case undefined:
        throw this.#error("the text ends before the JSON value is complete");
      default:
        return this.#word();
    }
  }

  #object(path: Path, depth: number): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    this.#at += 1;
    this.#skipSpace();
    if (this.#take("}")) return result;
    for (;;) {
      if (this.#text[this.#at] === "}") throw this.#error("a comma must not precede }");
      if (this.#text[this.#at] !== '"') throw this.#error('expected a key in double quotes (")');
      const start = this.#at;
      const name = this.#string();
      if (name === "__proto__") throw this.#error("the key __proto__ is not allowed", start);
      if (Object.hasOwn(result, name)) throw this.#error(duplicateKey(name), start);
      this.#skipSpace();
      if (!this.#take(":")) throw this.#error("expected a colon (:) after the key");
      this.#skipSpace();
      result[name] = this.#value([...path, name], start, depth + 1);
      this.#skipSpace();
      if (this.#take("}")) return result;
      if (!this.#take(",")) throw this.#error("expected a comma (,) or }");
      this.#skipSpace();
    }
  }

  #list(path: Path, depth: number): unknown[] {
    const result: unknown[] = [];
    this.#at += 1;
    this.#skipSpace();
    if (this.#take("]")) return result;
    for (;;) {
      if (this.#text[this.#at] === "]") throw this.#error("a comma must not precede ]");
      result.push(this.#value([...path, result.length], this.#at, depth + 1));
      this.#skipSpace();
      if (this.#take("]")) return result;
      if (!this.#take(",")) throw this.#error("expected a comma (,) or ]");
      this.#skipSpace();
    }
  }

  #string(): string {
    const start = this.#at;
    for (let at = start + 1; at < this.#text.length; at += 1) {
      const char = this.#text[at];
      if (char === "\\") at += 1;
      else if (char === "\n") break;
      else if (char === '"') {
        this.#at = at + 1;
        return this.#decode(start, at + 1) as string;
      }
    }
    throw this.#error('a text must end with a double quote (") on its own line', start);
  }

  #word(): unknown {
    const start = this.#at;
    const [word = ""] = /^[\w+.-]+/.exec(this.#text.slice(start, start + 64)) ?? [];
    if (word === "") throw this.#error("expected a JSON value");
    this.#at = start + word.length;
    return this.#decode(start, this.#at);
  }

  /** Decodes a text, number or word; `JSON.parse` decides whether it is valid. Its message is not used: it quotes the text. */
  #decode(start: number, end: number): unknown {
    try {
      return JSON.parse(this.#text.slice(start, end));
    } catch {
      throw this.#error("is not a JSON value: texts and keys need double quotes", start);
    }
  }

  #take(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  #skipSpace(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? "x")) this.#at += 1;
    if (/^\/[/*]/.test(this.#text.slice(this.#at, this.#at + 2)))
      throw this.#error("JSON has no comments; use sessionhook.config.ts to have them");
  }

  #error(message: string, at = this.#at): JsonSyntaxError {
    return new JsonSyntaxError(message, this.#position(at));
  }

  #position(at: number): Position {
    const before = this.#text.slice(0, at);
    const lineStart = before.lastIndexOf("\n") + 1;
    const mark = lineStart === 0 && this.#text.startsWith("\uFEFF") ? 1 : 0;
    return { line: before.split("\n").length, column: at - lineStart - mark + 1 };
  }
}
