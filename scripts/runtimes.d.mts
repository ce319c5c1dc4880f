/** A program and its arguments, or why there is none on this machine. */
export type StartCommand =
  | { readonly file: string; readonly args: readonly string[] }
  | { readonly reason: string };

export function startCommand(
  runtime: "node" | "bun" | "deno",
  env: Readonly<Record<string, string | undefined>>,
): StartCommand;

export function vitestCommand(runtime: "bun" | "deno", files: readonly string[]): StartCommand;

export function runtimeBinary(runtime: "node" | "bun" | "deno"): string | undefined;
