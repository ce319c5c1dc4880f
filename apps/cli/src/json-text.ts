/**
 * JSON as text. Parsing it and writing it again would change numbers, drop members of equal names and exhaust the stack
 * on deep nesting; all of this goes by the characters and without recursion. The text must be valid JSON.
 */

const blanks: ReadonlySet<string | undefined> = new Set([" ", "\n", "\r", "\t"]);
const signs: ReadonlySet<string | undefined> = new Set(["{", "}", "[", "]", ",", ":"]);
/** The indentation of one level of nesting, and the number of indented levels. Deeper ones share a line: 20,000 would fill a disk. */
const deepest = 32;

/** Strings, numbers, literals and signs as they stand, without the blanks between them. */
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

/** The same JSON without blanks: numbers, names and escapes stay as they are. */
export function compact(json: string): string {
  return [...tokens(json)].join("");
}

/** The same on one line with a blank after each comma and colon, as Python writes it. */
export function spaced(json: string): string {
  return Array.from(tokens(json), (token) => (token === "," || token === ":" ? `${token} ` : token)).join("");
}

/** The members of an object: name, and value as compact text, in their order. */
export function members(object: string): (readonly [name: string, value: string])[] {
  const found: (readonly [string, string])[] = [];
  let depth = 0;
  let name: string | undefined;
  let value: string[] = [];
  for (const token of tokens(object)) {
    if (token === "}" || token === "]") depth--;
    if (name !== undefined && (depth === 0 || (depth === 1 && token === ","))) {
      // The first is the colon.
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

/** The elements of an array as compact text, in their order. */
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

/** The same on lines, indented by nesting. */
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
