import type { Readable } from "node:stream";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Log, LogLevel, Miniflare } from "miniflare";

const app = fileURLToPath(new URL("..", import.meta.url));
const script = join(app, "dist", "worker.js");

export const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
export const adminToken = "an-admin-token-for-tests";

/** The parts of wrangler.jsonc that workerd needs. The parser removes only comments on separate lines. */
const { compatibility_date: compatibilityDate, compatibility_flags: compatibilityFlags } = JSON.parse(
  readFileSync(join(app, "wrangler.jsonc"), "utf8").replaceAll(/^\s*\/\/.*$|,(?=\s*[}\]])/gm, ""),
) as { compatibility_date: string; compatibility_flags: string[] };

/** A variable of wrangler.jsonc. */
type Binding = string | number | boolean | readonly string[];

/** The bundled Worker in workerd with the configuration of wrangler.jsonc and a D1 database. */
export class WorkerProcess {
  readonly #bindings: Record<string, Binding>;
  readonly #d1Persist: string | false;
  #miniflare: Miniflare | undefined;
  output = "";
  origin = "";

  /** @param d1Persist folder of the database; without it, the database does not survive the process */
  constructor(bindings: Record<string, Binding | undefined> = {}, d1Persist: string | false = false) {
    const given: Record<string, Binding | undefined> = {
      SESSIONHOOK_SECRETS: secret,
      SESSIONHOOK_ADMIN_TOKEN: adminToken,
      ...bindings,
    };
    this.#bindings = Object.fromEntries(
      Object.entries(given).filter((entry): entry is [string, Binding] => entry[1] !== undefined),
    );
    this.#d1Persist = d1Persist;
  }

  async start(options: { database?: boolean } = {}): Promise<this> {
    if (!existsSync(script)) throw new Error("The Worker is not built; run npm test or turbo run build");
    this.#miniflare = new Miniflare({
      modules: [{ type: "ESModule", path: script }],
      compatibilityDate,
      compatibilityFlags,
      bindings: this.#bindings,
      ...(options.database === false ? {} : { d1Databases: ["DB"], d1Persist: this.#d1Persist }),
      host: "127.0.0.1",
      port: 0,
      log: new Log(LogLevel.NONE),
      handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
        for (const stream of [stdout, stderr]) {
          stream.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
        }
      },
    });
    this.origin = (await this.#miniflare.ready).origin;
    return this;
  }

  async cleanUp(): Promise<void> {
    await this.#miniflare?.dispose();
    this.#miniflare = undefined;
  }
}
