/**
 * Functions on JSON text. Parsing and serializing would change numbers, drop members with equal names and exhaust the stack on
 * deep nesting; these functions work on characters, without recursion. The text must be valid JSON.
 */

const blanks: ReadonlySet<string | undefined> = new Set([" ", "\n", "\r", "\t"]);
const signs: ReadonlySet<string | undefined> = new Set(["{", "}", "[", "]", ",", ":"]);
/** The indentation of one level, and the number of indented levels. Deeper levels share a line: 20,000 would fill a disk. */
const deepest = 32;

/** Yields strings, numbers, literals and punctuation unchanged, without the white space between them. */
function* tokens(json: string): Generator<string> {
  for (let at = 0; at < json.length;) {
    const start = at;
    const char = json[at++];
    if (char === '"') {
      while (at < json.length && json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
      at++;
    } else if (!signs.has(char) && !blanks.has(char)) {
      while (at < json.length && !signs.has(json[at]) && !blanks.has(json[at])) at++;
    }
    if (!blanks.has(char)) yield json.slice(start, at);
  }
}

/** Returns the JSON without white space; numbers, names and escapes are unchanged. */
export function compact(json: string): string {
  return [...tokens(json)].join("");
}

/** Returns the JSON on one line with a space after each comma and colon, as Python writes it. */
export function spaced(json: string): string {
  return Array.from(tokens(json), (token) => (token === "," || token === ":" ? `${token} ` : token)).join("");
}

/** Returns the members of an object in their order: name, and value as compact text. */
export function members(object: string): (readonly [name: string, value: string])[] {
  const found: (readonly [string, string])[] = [];
  let depth = 0;
  let name: string | undefined;
  let value: string[] = [];
  for (const token of tokens(object)) {
    if (token === "}" || token === "]") depth--;
    if (name !== undefined && (depth === 0 || (depth === 1 && token === ","))) {
      // The first token is the colon.
      found.push([name, value.slice(1).join("")]);
      name = undefined;
    } else if (name !== undefined) value.push(token);
    else if (depth === 1 && token.startsWith('"')) {
      name = JSON.parse(token) as string;
      value = [];
    }
    if (token === "{" || token === "[") depth++;
  }
  return found;
}

/** Returns the elements of an array in their order, as compact text. */
export function elements(array: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let element: string[] = [];
  for (const token of tokens(array)) {
    if (token === "}" || token === "]") depth--;
    if (depth === 0 || (depth === 1 && token === ",")) {
      if (element.length > 0) found.push(element.join(""));
      element = [];
    } else element.push(token);
    if (token === "{" || token === "[") depth++;
  }
  return found;
}

/** Returns the JSON on indented lines. */
export function indented(json: string, step = "  "): string {
  const parts: string[] = [];
  let depth = 0;
  let opened = false;
  const line = () => (depth > deepest ? "" : `\n${step.repeat(depth)}`);
  for (const token of tokens(json)) {
    const closes = token === "}" || token === "]";
    const deep = depth > deepest;
    if (closes) depth--;
    if (closes ? !opened && !deep : opened) parts.push(line());
    opened = token === "{" || token === "[";
    if (opened) depth++;
    parts.push(token);
    if (token === ",") parts.push(line() || " ");
    if (token === ":") parts.push(" ");
  }
  return parts.join("");
}
