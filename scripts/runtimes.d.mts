/** A program and its arguments, or why there is none on this machine. */
export type StartCommand =
  | { readonly file: string; readonly args: readonly string[] }
  | { readonly reason: string };

export function startCommand(
  runtime: "node" | "oldest node" | "bun" | "deno",
  env: Readonly<Record<string, string | undefined>>,
): StartCommand;

export function cliCommand(
  runtime: "node" | "oldest node" | "bun" | "deno",
  args: readonly string[],
): StartCommand;

export function vitestCommand(
  runtime: "oldest node" | "bun" | "deno",
  files: readonly string[],
): StartCommand;

export function runtimeBinary(runtime: "node" | "oldest node" | "bun" | "deno"): string | undefined;

export const oldestNode: {
  readonly version: string;
  readonly name: string;
  readonly folder: string;
  readonly binary: string;
};
