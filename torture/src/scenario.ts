import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppProcess } from "./app-process.ts";
import type { App, Command } from "./apps.ts";
import { type Audit, audit } from "./audit.ts";
import { Ledger } from "./ledger.ts";
import { Load, type LoadOptions } from "./load.ts";
import { createTraffic } from "./traffic.ts";

export interface Scenario {
  readonly name: string;
  /** Runtimes it is run on. Default: all. */
  readonly runtimes?: readonly string[];
  /** Nothing runs beside a run, because it measures what others would disturb. Default: scenarios run beside each other. */
  readonly alone?: true;
  /** Needs no app: runs once. */
  readonly once?: true;
  /** Injects the faults and returns a summary in one line. */
  readonly run: (torture: Torture) => Promise<string>;
}

/** Thrown if this machine does not support a scenario. */
export class CannotRun extends Error {}

/** One run of one scenario: its app, its ledger, its problems and its cleanups. */
export class Torture {
  readonly app: App;
  readonly seed: number;
  readonly ledger = new Ledger();
  readonly next: LoadOptions["next"];
  readonly folder: string;
  readonly problems: string[] = [];
  audited: Audit | undefined;
  readonly #cleanups: (() => unknown)[] = [];

  constructor(app: App, seed: number) {
    this.app = app;
    this.seed = seed;
    this.next = createTraffic(seed);
    this.#state = seed | 1;
    this.folder = mkdtempSync(join(tmpdir(), "sessionhook-torture-"));
    this.#cleanups.push(() => rmSync(this.folder, { recursive: true, force: true }));
  }

  /** The default database path of an app that `process` creates. */
  get file(): string {
    return join(this.folder, "data", "sessionhook.db");
  }

  get command(): Command {
    if ("reason" in this.app.command) throw new CannotRun(this.app.command.reason);
    return this.app.command;
  }

  /** Creates an app in this run's folder; it is killed at the end if it still runs. */
  process(env: Record<string, string> = {}, command: Command = this.command): AppProcess {
    const app = new AppProcess(command, this.folder, env);
    this.cleanUpWith(() => app.end("SIGKILL"));
    return app;
  }

  load(app: AppProcess, senders: number, more: Partial<LoadOptions> = {}): Load {
    const load = new Load({
      origin: () => app.origin,
      ledger: this.ledger,
      next: this.next,
      senders,
      ...more,
    });
    this.cleanUpWith(() => load.stop());
    return load;
  }

  /** Returns a number from 0 up to `below`, the same for the same seed. */
  random(below: number): number {
    this.#state = (Math.imul(this.#state ^ (this.#state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return Math.floor((((this.#state ^ (this.#state >>> 13)) >>> 0) / 2 ** 32) * below);
  }
  #state: number;

  check(holds: boolean, otherwise: string): void {
    if (!holds) this.problems.push(otherwise);
  }

  /** Compares the file with the ledger. The apps must be stopped. */
  audit(file: string = this.file): void {
    const result = audit(file, this.ledger);
    this.audited = result;
    this.check(result.acknowledged > 0, "nothing was acknowledged: the test proves nothing");
    for (const name of ["lost", "doubled", "wrongBytes", "strangers"] as const)
      this.check(result[name] === 0, `${name}: ${result[name]}`);
    this.check(result.integrity === "ok", `integrity_check: ${result.integrity}`);
  }

  cleanUpWith(cleanup: () => unknown): void {
    this.#cleanups.push(cleanup);
  }

  /** Runs all cleanups, the latest first. A cleanup that fails is reported and does not prevent the others. */
  async cleanUp(): Promise<void> {
    for (const cleanup of this.#cleanups.toReversed()) {
      try {
        await cleanup();
      } catch (error) {
        this.problems.push(`clean-up: ${String(error)}`);
      }
    }
  }
}
