import { createHash } from "node:crypto";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sign } from "@sessionhook/core";
import { createSimulator, simulatedTypes } from "@sessionhook/simulator";
import fc from "fast-check";
import { secret } from "../apps.ts";
import { Coverage } from "../coverage.ts";
import { fuzzNow, fuzzParseEvent, fuzzVerifySignature } from "../fuzz-targets.ts";
import { mutateBytes } from "../mutate-bytes.ts";
import type { Scenario, Torture } from "../scenario.ts";

const corpus = fileURLToPath(new URL("../../corpus/", import.meta.url));
/** Duration of the mutations guided by coverage, for each target. */
const guidedSeconds = 4;
/** Minimum number of these mutations, on a slow machine too. */
const fewest = 2000;
const runs = 20_000;
/** Time limit for an input of at most 20 kB, in milliseconds. */
const longest = 500;

interface Target {
  readonly name: string;
  /** Returns whether the target accepted the input. */
  readonly run: (input: Uint8Array) => boolean;
  /** Initial inputs; the target accepts some of them. */
  readonly seeds: () => Buffer[];
  readonly input: fc.Arbitrary<Uint8Array>;
}

const simulated = () => {
  const simulator = createSimulator({ seed: 5, now: fuzzNow });
  return simulatedTypes.map((type) => simulator.next(type));
};
const text = (value: string) => Buffer.from(value, "latin1");

const targets: readonly Target[] = [
  {
    name: "parse-event",
    run: fuzzParseEvent,
    seeds: () => [...simulated().map(({ body }) => Buffer.from(body)), text("{}"), text("")],
    input: fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.json({ stringUnit: "binary" }).map((json) => Buffer.from(json)),
      fc
        .record({
          id: fc.anything(),
          type: fc.constantFrom<unknown>(...simulatedTypes, 1),
          data: fc.anything(),
        })
        .map((value) => Buffer.from(jsonOf(value))),
    ),
  },
  {
    name: "verify-signature",
    run: fuzzVerifySignature,
    seeds: () => [
      ...["", "{}", "x".repeat(100)].map((body, i) => signedInput(`evt_${i}`, body)),
      ...[" ", ",", ", "].map((between) => signedInput("evt_3", "{}", `v1,${"A".repeat(43)}=${between}`)),
    ],
    input: fc
      .tuple(...Array.from({ length: 4 }, () => fc.string({ unit: "binary", maxLength: 60 })))
      .map((parts) => Buffer.from(parts.join("\n"))),
  },
];

/** Fuzzes parseEvent and verifySignature with fast-check, and with mutations guided by V8's block coverage. */
export const fuzzCore: Scenario = {
  name: "fuzz core",
  once: true,
  alone: true,
  run: async (torture) => {
    const told: string[] = [];
    for (const target of targets) {
      const result = fc.check(
        fc.property(target.input, (input) => timed(target, input)),
        { numRuns: runs, seed: torture.seed },
      );
      if (result.failed)
        found(torture, target, result.counterexample?.[0] ?? Buffer.of(), result.errorInstance);
      // If all inputs were rejected at once, the code after the first check would not be tested.
      torture.check(target.seeds().some(target.run), `${target.name}: none of the genuine inputs is taken`);
      const { tried, blocks, grown } = guided(torture, target);
      torture.check(blocks > 0, `${target.name}: no block of core was seen, so coverage led nothing`);
      told.push(
        `${target.name}: ${runs} by fast-check, ${tried} led by coverage (${blocks} blocks, ${grown} inputs new to the corpus)`,
      );
    }
    return told.join("; ");
  },
};

/** Collects each input that runs a new block, and mutates the collected inputs. */
function guided(torture: Torture, target: Target): { tried: number; blocks: number; grown: number } {
  const coverage = new Coverage("/packages/core/dist/");
  const collected = target.seeds();
  for (const file of globSync(`${corpus}${target.name}/*.bin`).toSorted()) collected.push(readFileSync(file));
  for (const input of collected) attempt(torture, target, input);
  coverage.take();
  let tried = collected.length;
  let grown = 0;
  /** Reading the coverage is slow: it is read once for many inputs, which are halved only if a block is new. */
  const explore = (batch: readonly Buffer[]): void => {
    const before = coverage.blocks;
    for (const input of batch) attempt(torture, target, input);
    tried += batch.length;
    if (coverage.take() === 0) return;
    const [input] = batch;
    if (batch.length === 1 && input !== undefined) {
      collected.push(input);
      grown++;
      if (process.env["KEEP_CORPUS"] === "1" && input.length <= 8192) save(target.name, input);
      return;
    }
    coverage.forget(before);
    const half = batch.length >> 1;
    explore(batch.slice(0, half));
    explore(batch.slice(half));
  };
  const until = performance.now() + guidedSeconds * 1000;
  const random = (below: number) => torture.random(below);
  const enough = () => performance.now() > until && tried >= fewest;
  while (!enough() && torture.problems.length === 0) {
    const batch = Array.from({ length: 200 }, () =>
      mutateBytes(collected[random(collected.length)] ?? Buffer.of(), collected, random),
    );
    explore(batch);
  }
  const { blocks } = coverage;
  coverage.stop();
  return { tried, blocks, grown };
}

function attempt(torture: Torture, target: Target, input: Uint8Array): void {
  try {
    timed(target, input);
  } catch (error) {
    found(torture, target, input, error);
  }
}

/** @throws Error when it takes too long, or whatever the target throws */
function timed(target: Target, input: Uint8Array): void {
  let took = Number.POSITIVE_INFINITY;
  // A delay caused by the machine does not occur the next time.
  for (let tries = 0; tries < 3 && took > longest; tries++) {
    const began = performance.now();
    target.run(input);
    took = performance.now() - began;
  }
  if (took > longest) throw new Error(`took ${Math.round(took)} ms`);
}

function found(torture: Torture, { name }: Target, input: Uint8Array, error: unknown): void {
  torture.problems.push(`${name}: ${String(error)}; the input is ${save("found", input, `${name}-`)}`);
}

function save(folder: string, input: Uint8Array, prefix = ""): string {
  const file = `${folder}/${prefix}${createHash("sha1").update(input).digest("hex").slice(0, 12)}.bin`;
  mkdirSync(`${corpus}${folder}`, { recursive: true });
  writeFileSync(`${corpus}${file}`, input);
  return `torture/corpus/${file}`;
}

/** @param before what comes before the signature in its header */
function signedInput(id: string, body: string, before = ""): Buffer {
  const headers = sign(body, { id, secret, timestamp: fuzzNow / 1000 });
  return text(
    [headers["webhook-id"], headers["webhook-timestamp"], before + headers["webhook-signature"], body].join(
      "\n",
    ),
  );
}

function jsonOf(value: unknown): string {
  try {
    return (
      JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? String(part) : part)) ?? ""
    );
  } catch {
    return "";
  }
}
