// Plain JavaScript for Node 20 without dependencies.
import { spawn } from "node:child_process";

const parent = process.ppid;

/** A signal to npm ends its shell and never arrives here; the shell's death must not leave anything behind. */
function isLeft() {
  return process.env.npm_lifecycle_event !== undefined && process.ppid !== parent;
}

/** Hands over to a program: same terminal, same signals, same exit code. Not when npm was ended before. */
export function become(file, args, cwd) {
  if (isLeft()) process.exit(143);
  const child = spawn(file, args, { cwd, env: process.env, stdio: "inherit" });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  setInterval(() => isLeft() && child.kill("SIGTERM"), 200).unref();
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
}
