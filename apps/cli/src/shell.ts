/** The parts of the process that a command may use. */
export interface Shell {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Aborts on Ctrl-C (SIGINT) or SIGTERM, for commands that call `handleInterrupt`. */
  readonly interrupted: AbortSignal;
  /** From now on, the first interrupt aborts `interrupted` instead of ending the process; a second one ends it. */
  readonly handleInterrupt: () => void;
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
  print(shell, JSON.stringify(document, null, 2));
}

/** Removes characters that could control a terminal; for text from the network. */
export function harmless(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
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
