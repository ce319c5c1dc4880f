import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { RunningApp } from "./app.ts";
import { makeMessages, secret } from "./messages.ts";
import { type Inputs, writeInputs } from "./inputs.ts";
import { cache, root } from "./paths.ts";
import type { SignedMessage } from "./signed-message.ts";
import { judge, type Observations } from "./judge.ts";
import { type Column, columns, type Language, type Step, type Verdict } from "./language.ts";
import { env, inputsFile, observationsFile } from "./languages.ts";

export type Cell =
  | Verdict
  | { readonly notRun: string; readonly excused: boolean }
  | { readonly failed: string }
  | "none";

export interface Outcome {
  readonly language: Language;
  readonly cells: Record<Column, Cell>;
  /** Results of the probes, the messages for which libraries may differ from core. */
  readonly probes: readonly { readonly message: SignedMessage; readonly taken: boolean }[];
  readonly seconds: number;
}

/** A failed step, with the end of its output. */
class StepError extends Error {
  readonly step: Step;
  constructor(step: Step, output: string) {
    super(`${step.command} ${step.args.join(" ")}\n${output.trim().split("\n").slice(-40).join("\n")}`);
    this.step = step;
  }
}

/** Installs, generates, compiles and runs one consumer, and compares its results with core. */
export function runLanguage(language: Language, inputs: Inputs, app?: RunningApp): Outcome {
  const started = Date.now();
  const outcome = (cells: Record<Column, Cell>, probes: Outcome["probes"] = []): Outcome => ({
    language,
    cells,
    probes,
    seconds: (Date.now() - started) / 1000,
  });
  const missing = language.needs.find(([command, ...args]) => spawnSync(command, args, { env }).status !== 0);
  if (missing !== undefined)
    return outcome(everywhere(language, { notRun: `${missing[0]} is not installed`, excused: false }));
  rmSync(observationsFile(language.folder), { force: true });
  mkdirSync(dirname(observationsFile(language.folder)), { recursive: true });
  try {
    writeInputs(inputsFile, inputs, [], secret);
    install(language);
    for (const step of language.steps.filter(({ kind }) => kind === "build")) perform(step, language);
    const sdkUnready = performSdk(language, "install", "build");
    // Signed after the build, which may take longer than signatures are valid.
    const messages = makeMessages(inputs);
    writeInputs(inputsFile, inputs, messages, secret, app);
    for (const step of language.steps.filter(({ kind }) => kind === "run")) perform(step, language);
    const sdkProblem = sdkUnready ?? performSdk(language, "run");
    const seen = JSON.parse(readFileSync(observationsFile(language.folder), "utf8")) as Observations;
    const results = judge(language, inputs, messages, seen, app);
    const cells: Record<string, Cell> = Object.fromEntries(
      columns.map((column) => [column, results[column] ?? "none"]),
    );
    if (language.sdk !== undefined && results["official SDK"] === undefined)
      cells["official SDK"] = sdkProblem ?? { failed: "the SDK program wrote no results" };
    const probes = messages
      .filter(({ probe }) => probe && language.columns.includes("signature"))
      .map((message) => ({ message, taken: seen.verified?.[message.name] === true }));
    return outcome(cells as Record<Column, Cell>, probes);
  } catch (error) {
    if (error instanceof StepError) return outcome(everywhere(language, cellOf(error)));
    throw error;
  }
}

const everywhere = (language: Language, cell: Cell) =>
  Object.fromEntries(
    columns.map((column) => [column, language.columns.includes(column) ? cell : "none"]),
  ) as Record<Column, Cell>;

const cellOf = (error: StepError): Cell =>
  error.step.kind === "install" ? { notRun: error.message, excused: false } : { failed: error.message };

/** Installs the packages, once for each state of the files that pin them. */
function install(language: Language): void {
  const pins = language.pins.map((file) => readFileSync(join(root, "consumers", language.folder, file)));
  const hash = createHash("sha256").update(Buffer.concat(pins)).digest("hex");
  const mark = join(cache, language.folder, "installed");
  if (existsSync(mark) && readFileSync(mark, "utf8") === hash) return;
  for (const step of language.steps.filter(({ kind }) => kind === "install")) perform(step, language);
  writeFileSync(mark, hash);
}

/** Runs steps of the provider's SDK. A failure is returned for its own column and affects no other. */
function performSdk({ folder, sdk }: Language, ...kinds: readonly Step["kind"][]): Cell | undefined {
  for (const step of sdk?.steps?.filter(({ kind }) => kinds.includes(kind)) ?? []) {
    try {
      perform(step, { folder });
    } catch (error) {
      if (!(error instanceof StepError)) throw error;
      if (step.kind === "install" && sdk?.excused !== undefined)
        return { notRun: sdk.excused, excused: true };
      return cellOf(error);
    }
  }
  return undefined;
}

function perform(step: Step, { folder }: Pick<Language, "folder">): void {
  const cwd = join(root, "consumers", folder, step.cwd ?? "");
  const command = step.command.startsWith("target/") ? join(cwd, step.command) : step.command;
  const done = spawnSync(command, step.args, { cwd, env, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (done.status !== 0)
    throw new StepError(step, `${done.error?.message ?? ""}${done.stdout ?? ""}${done.stderr ?? ""}`);
}
