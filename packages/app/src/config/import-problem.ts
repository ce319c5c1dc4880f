/** A file with a line, as all runtimes write it in a stack; Node writes the place of a syntax error in front of it. */
const place = /[\w.-]+\.[cm]?[jt]sx?:\d+(?::\d+)?/;

/** A problem that Bun found in a file: the import rejects with an AggregateError of these. */
interface BuildMessage {
  readonly message?: unknown;
  readonly position?: { readonly file?: unknown; readonly line?: unknown; readonly column?: unknown } | null;
}

/** Describes the user's own error by its name and the first line of its message, which helps more than it can reveal, and its place. */
export function importProblem(error: unknown): string {
  try {
    return problemOf(error);
  } catch {
    // An error can have getters, or be a proxy, that throw.
    return "it throws an error that cannot be read";
  }
}

function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return "it throws something that is not an Error";
  const [first] = error instanceof AggregateError ? (error.errors as BuildMessage[]) : [];
  if (first?.position !== undefined && first.position !== null) {
    const { file, line, column } = first.position;
    return `SyntaxError: ${firstLine(String(first.message))} (${nameOf(String(file))}:${Number(line)}:${Number(column)})`;
  }
  const found = place.exec(error.stack?.slice(0, 4096) ?? "")?.[0];
  return `${String(error.name)}: ${firstLine(String(error.message))}${found === undefined ? "" : ` (${found})`}`;
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? "").slice(0, 300);
}

function nameOf(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? "";
}
