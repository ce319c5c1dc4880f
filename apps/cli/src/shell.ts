/** The parts of the process that a command may use. */
export interface Shell {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Path of the script that runs, as it was started; undefined where it is unknown. */
  readonly script?: string | undefined;
  readonly cwd: string;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Aborts on Ctrl-C (SIGINT) or SIGTERM, for commands that call `handleInterrupt`. */
  readonly interrupted: AbortSignal;
  /** Aborts when standard output cannot be written any more, with the error: EPIPE if its reader has closed it (`| head`). */
  readonly outputEnded: AbortSignal;
  /** After this call, the first interrupt aborts `interrupted` instead of ending the process; a second one ends it. */
  readonly handleInterrupt: () => void;
  /** Ends the process after the command and its output, even if code that it has imported leaves something open. */
  readonly exitWhenDone?: () => void;
  /** Sets the exit code of a command that completes without success. */
  readonly fail: () => void;
}

/** Returns an environment variable without surrounding white space; undefined if it is absent or blank. */
export function setting(shell: Shell, name: string): string | undefined {
  const value = shell.env[name]?.trim();
  return value === "" ? undefined : value;
}

/** Writes one line to standard output. */
export function print(shell: Shell, line: string): void {
  shell.stdout.write(`${line}\n`);
}

/** Writes one JSON document to standard output. */
export function printJson(shell: Shell, document: unknown): void {
  printJsonText(shell, `${JSON.stringify(document, null, 2)}\n`);
}

/** Writes JSON text to standard output. On a terminal, characters that could control it become escapes, which is the same JSON. */
export function printJsonText(shell: Shell, json: string): void {
  if (shell.stdout.isTTY === true) print(shell, escaped(json.trimEnd()));
  else shell.stdout.write(json);
}

/**
 * Matches what could control a terminal or reverse text: control characters except newline and tab, line and paragraph
 * separators, and the marks of bidirectional text.
 */
const steering =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Replaces line breaks and characters that could control a terminal, in text from the network. */
export function harmless(text: string): string {
  return harmlessLines(text).replaceAll(/[\n\t]/g, "\ufffd");
}

/** Replaces characters that could control a terminal, in text of several lines. */
export function harmlessLines(text: string): string {
  return text.replaceAll(steering, "\ufffd");
}

/** Returns the same JSON without characters that could control a terminal. */
export function escaped(json: string): string {
  // Outside of strings, the only such character that JSON allows is the carriage return.
  return json.replaceAll("\r", "").replaceAll(steering, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** Formats rows as aligned columns, two spaces apart. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length);
  }
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] as number))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Quotes a text as one word of a shell command line. */
export function shellQuoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
