import type { Reference } from "./types.js";

/** The parts of the process that a configuration may refer to. */
export interface ReferenceSources {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readFile: (path: string) => string | Promise<string>;
  /** Returns why `readFile` failed, such as `permission denied`. */
  readonly reasonOf: (error: unknown) => string;
}

/** A reference, resolved or not. */
export interface ResolvedReference {
  readonly path: readonly (string | number)[];
  /** Names the variable or file, for messages. */
  readonly source: string;
  /** The reason why it has no text. */
  readonly problem: string | undefined;
}

/** A value with its references replaced by their texts. */
export interface Resolved {
  readonly value: unknown;
  readonly references: readonly ResolvedReference[];
  /** Paths of the texts that are in the configuration itself. */
  readonly literals: readonly (readonly (string | number)[])[];
}

/** Longest text of a reference, in characters. */
const maxTextLength = 65_536;

/**
 * Returns a copy of a value in which every `{ "env": … }` and `{ "file": … }` is replaced by the text it refers to, or by
 * an empty text if it has none. No problem contains the text. In the map of a body, which has the names that the receiver wants, they are
 * no references.
 */
export async function resolveReferences(value: unknown, sources: ReferenceSources): Promise<Resolved> {
  const references: ResolvedReference[] = [];
  const literals: (readonly (string | number)[])[] = [];
  const visit = async (value: unknown, path: readonly (string | number)[]): Promise<unknown> => {
    if (path.join(".") === "body.map") return value;
    if (typeof value === "string") literals.push(path);
    if (Array.isArray(value)) {
      const items: unknown[] = [];
      for (const [i, item] of value.entries()) items.push(await visit(item, [...path, i]));
      return items;
    }
    if (!isPlainObject(value)) return value;
    // The keys of headers are their names, also `env` and `file`.
    if (path.join(".") !== "headers" && looksLikeReference(value)) {
      const problem = wrongForm(value);
      const found =
        problem === undefined
          ? await textOf(value as unknown as Reference, sources)
          : { source: "", text: "", problem };
      references.push({ path, source: found.source, problem: found.problem });
      return found.problem === undefined ? found.text : "";
    }
    const entries: [string, unknown][] = [];
    for (const [key, item] of Object.entries(value)) entries.push([key, await visit(item, [...path, key])]);
    return Object.fromEntries(entries);
  };
  return { value: await visit(value, []), references, literals };
}

/** Returns whether a value is an object literal: functions, clients and other instances of a class are left alone. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

const looksLikeReference = (value: Record<string, unknown>) => {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key === "env" || key === "file");
};

function wrongForm(value: Record<string, unknown>): string | undefined {
  const [key, second] = Object.keys(value);
  if (second !== undefined) return 'must have either "env" or "file", not both';
  const text = value[key as string];
  if (typeof text !== "string" || text === "") return `"${key}" must be a text that is not empty`;
  if (key === "env" && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(text))
    return '"env" must be the name of an environment variable: letters, digits and _';
  return undefined;
}

async function textOf(
  reference: Reference,
  { env, readFile, reasonOf }: ReferenceSources,
): Promise<{ readonly source: string; readonly text: string; readonly problem: string | undefined }> {
  if ("env" in reference) {
    const source = `the environment variable ${reference.env}`;
    const text = env[reference.env];
    if (text === undefined) return { source, text: "", problem: `${source} is not set` };
    return { source, text, problem: text.trim() === "" ? `${source} is empty` : undefined };
  }
  const source = `the file ${reference.file}`;
  try {
    const text = await readFile(reference.file);
    const reason = fault(text);
    return {
      source,
      text: text.replace(/\r?\n$/, ""),
      problem: reason === undefined ? undefined : `${source} ${reason}`,
    };
  } catch (error) {
    return { source, text: "", problem: `${source} cannot be read: ${reasonOf(error)}` };
  }
}

/** Returns whether a file that was decoded as UTF-8 has another encoding, such as Latin-1 or UTF-16. */
export function isNotUtf8(text: string): boolean {
  return /[\0\uFFFD]/.test(text);
}

function fault(text: string): string | undefined {
  if (isNotUtf8(text)) return "is not UTF-8 text";
  if (text.trim() === "") return "is empty";
  return text.length > maxTextLength ? "is larger than 64 KiB" : undefined;
}
