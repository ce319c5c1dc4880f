import { execFile, type ExecFileOptions } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Tests of a package that another runtime runs too. */
export interface RuntimeTests {
  /** The subject of the tests, such as "the store". */
  readonly title: string;
  /** The beginning of the names of tests that only this runtime can have run, and their minimum number. */
  readonly proof: { readonly prefix: string; readonly least: number };
}

/**
 * Runs tests again, vitest itself included, on another runtime: its `node:sqlite` and `node:crypto` are other
 * implementations of the same interfaces.
 * @param program the runtime and its arguments, up to and with vitest and the test files
 * @param root the folder of vitest.config.ts
 */
export function describeTestsOn(
  runtime: string,
  program: { readonly file: string; readonly args: readonly string[] },
  root: string,
  { title, proof }: RuntimeTests,
): void {
  describe(`tests of ${title} on ${runtime}`, () => {
    const folder = mkdtempSync(join(tmpdir(), "sessionhook-report-"));
    afterAll(() => rmSync(folder, { recursive: true }));

    it("all pass or say what is missing, and ran on this runtime", { timeout: 600_000 }, async () => {
      const file = join(folder, "report.json");
      const { NODE_OPTIONS: _, VITEST: __, ...inherited } = process.env;
      // With it, a client that a test forgets to guard takes the proxy of the environment.
      const env = { ...inherited, NODE_USE_ENV_PROXY: "1" };
      const args = [...program.args, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
      const failure = await failureOf(program.file, args, { cwd: root, env });
      if (!existsSync(file)) throw new Error(failure ?? "There is no report");
      const report = JSON.parse(readFileSync(file, "utf8")) as Report;
      const all = report.testResults.flatMap((file) => file.assertionResults);
      // The names of skipped tests say why: what they need is missing on this machine, and CI requires it.
      const failed = all.filter(({ status }) => status === "failed");
      expect(failed.map(({ fullName, failureMessages }) => [fullName, ...failureMessages])).toEqual([]);
      expect(failure?.slice(-4000)).toBeUndefined();
      const ranThere = all.filter(({ fullName }) => fullName.startsWith(proof.prefix));
      expect(ranThere.length).toBeGreaterThanOrEqual(proof.least);
    });
  });
}

/** Runs a program. Returns its output if it fails; undefined otherwise. */
function failureOf(
  file: string,
  args: readonly string[],
  options: ExecFileOptions,
): Promise<string | undefined> {
  const limits = { ...options, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 } as const;
  return new Promise((resolve) => {
    execFile(file, args, limits, (error, stdout, stderr) =>
      resolve(error === null ? undefined : `${error.message}${stderr}${stdout}`),
    );
  });
}
