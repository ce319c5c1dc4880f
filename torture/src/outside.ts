import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { CannotRun, type Torture } from "./scenario.ts";
import { runtimeBinary } from "./apps.ts";
import { pause } from "./wait.ts";

export type Action = "read" | "check" | "backup" | "vacuum";
type Program = (action: Action, file: string, out: string) => readonly [string, ...string[]];

const statements: Readonly<Record<Action, (out: string) => string>> = {
  read: () => "SELECT count(*) FROM events",
  check: () => "PRAGMA integrity_check",
  backup: (out) => `.backup '${out}'`,
  vacuum: (out) => `VACUUM INTO '${out}'`,
};

const python = `
import sqlite3, sys
action, file, out = sys.argv[1:]
db = sqlite3.connect(file, timeout=10, isolation_level=None)
if action == "read": db.execute("SELECT count(*) FROM events").fetchone()
if action == "check": sys.exit(db.execute("PRAGMA integrity_check").fetchone()[0] != "ok")
if action == "vacuum": db.execute("VACUUM INTO ?", (out,))
if action == "backup": db.backup(sqlite3.connect(out))
db.close()
`;

const script = fileURLToPath(new URL("./outside-sqlite.mjs", import.meta.url));

/** Programs with another SQLite, as a script or a person would use them, by name and version. */
export function outsidePrograms(): ReadonlyMap<string, Program> {
  const programs = new Map<string, Program>();
  const add = (name: string, version: readonly [string, ...string[]], program: Program) => {
    const [file, ...args] = version;
    const { status, stdout } = spawnSync(file, args, { encoding: "utf8" });
    if (status !== 0) throw new CannotRun(`${name} is not installed`);
    programs.set(`${name} ${/\d+\.\d+\.\d+/.exec(stdout)?.[0] ?? "?"}`, program);
  };
  add("sqlite3", ["sqlite3", "--version"], (action, file, out) => [
    "sqlite3",
    "-bail",
    "-cmd",
    ".timeout 10000",
    file,
    statements[action](out),
  ]);
  const versionOfPython = ["-c", "import sqlite3; print(sqlite3.sqlite_version)"];
  add("python3", ["python3", ...versionOfPython], (...args) => ["python3", "-c", python, ...args]);
  const ask = "console.log(process.versions.sqlite ?? '')";
  for (const [name, flags] of [
    ["node", []],
    ["bun", []],
    ["deno", ["run", "-A"]],
  ] as const) {
    const binary = runtimeBinary(name);
    if (binary === undefined) continue;
    const version: [string, ...string[]] = name === "deno" ? [binary, "eval", ask] : [binary, "-e", ask];
    add(name, version, (...args) => [binary, ...flags, script, ...args]);
  }
  return programs;
}

/** Runs a program and returns whether it succeeded. One that does not end within 30 s is killed; that is not a fault of the app. */
export async function runOutside([file, ...args]: readonly [string, ...string[]]): Promise<
  "done" | "killed" | Error
> {
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-500)));
  const timer = setTimeout(() => child.kill("SIGKILL"), 30_000);
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  clearTimeout(timer);
  if (signal === "SIGKILL") return "killed";
  return code === 0
    ? "done"
    : new Error(`${file} ${args.at(-2)} ended with ${code ?? signal}: ${said.trim()}`);
}

/** Repeats `work`, `ms` apart, until `stop` is called; `stop` waits for the last one and returns their number. */
export function repeatedly(
  torture: Torture,
  ms: number,
  work: () => Promise<unknown>,
): () => Promise<number> {
  const stopping = new AbortController();
  let times = 0;
  const running = (async () => {
    for (; !stopping.signal.aborted; times++) {
      await work();
      await pause(ms);
    }
  })();
  running.catch((error: unknown) => torture.problems.push(String(error)));
  const stop = async () => {
    stopping.abort();
    await running.catch(() => undefined);
    return times;
  };
  torture.cleanUpWith(stop);
  return stop;
}
