import type { ChildProcess } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { ListeningProcess } from "@sessionhook/testkit";
import { type Command, settings } from "./apps.ts";

/** An app as a real process. Its folder remains after its end, so that `start` restarts it. */
export class AppProcess extends ListeningProcess {
  constructor(command: Command, folder: string, env: Record<string, string> = {}) {
    super(command, folder, { ...settings, ...env }, { maxOutput: 20_000 });
  }

  /** Undefined while it does not listen. */
  get origin(): string | undefined {
    return this.running && this.printedOrigin !== "" ? this.printedOrigin : undefined;
  }

  override launch(): ChildProcess {
    mkdirSync(this.folder, { recursive: true });
    return super.launch();
  }

  /** Resolves with the address once it listens; rejects with its output if it ends before or hangs. */
  async start(): Promise<string> {
    await this.listen();
    return this.printedOrigin;
  }

  /** Starts an app whose start must fail; returns its exit code, null if a signal ended it, and its output. */
  async refuse(): Promise<{ code: number | null; output: string }> {
    this.launch();
    const ended = await this.wait();
    return { code: typeof ended === "number" ? ended : null, output: this.output };
  }

  /** The number of open file descriptors. */
  get openFiles(): number {
    return readdirSync(`/proc/${this.pid}/fd`).length;
  }

  /** Lets `memory().peak` begin again at what is resident now. */
  forgetPeak(): void {
    writeFileSync(`/proc/${this.pid}/clear_refs`, "5");
  }
}
