import { fileURLToPath } from "node:url";
import { Miniflare } from "miniflare";
import type { D1Binding, D1BoundStatement, D1Rows } from "../src/d1.js";

/**
 * The real D1 of workerd, reached through a Worker with one request a call: miniflare's own proxy of a
 * binding makes one for every `prepare`, which is a hundred times slower.
 */
export class D1Databases {
  readonly #miniflare = new Miniflare({
    modules: true,
    scriptPath: fileURLToPath(new URL("d1-worker.js", import.meta.url)),
    compatibilityDate: "2026-07-01",
    d1Databases: ["DB"],
  });

  /** The database, emptied. */
  async fresh(): Promise<D1Binding> {
    const database = await this.binding();
    const { results } = await database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '_cf_*'")
      .all();
    const drops = (results as { name: string }[]).map(({ name }) => database.prepare(`DROP TABLE ${name}`));
    if (drops.length > 0) await database.batch(drops);
    return database;
  }

  async binding(): Promise<D1Binding> {
    const address = await this.#miniflare.ready;
    return {
      prepare: (sql) => new Statement(address, sql, []),
      batch: (statements) => put(address, statements as Statement[], true),
    };
  }

  async dispose(): Promise<void> {
    await this.#miniflare.dispose();
  }
}

class Statement implements D1BoundStatement {
  readonly #address: URL;
  readonly #sql: string;
  readonly #values: unknown[];

  constructor(address: URL, sql: string, values: unknown[]) {
    this.#address = address;
    this.#sql = sql;
    this.#values = values;
  }

  bind(...values: unknown[]): Statement {
    return new Statement(this.#address, this.#sql, values);
  }

  async all(): Promise<D1Rows> {
    const [rows] = await put(this.#address, [this], false);
    return rows as D1Rows;
  }

  toJSON(): object {
    const list = (value: unknown) =>
      value instanceof ArrayBuffer || ArrayBuffer.isView(value)
        ? Array.from(new Uint8Array(value as ArrayBuffer))
        : value;
    return { sql: this.#sql, values: this.#values.map(list) };
  }
}

async function put(address: URL, statements: Statement[], batch: boolean): Promise<D1Rows[]> {
  const answer = await fetch(address, { method: "POST", body: JSON.stringify({ batch, statements }) });
  const content = (await answer.json()) as D1Rows[] | { error: string };
  if (!Array.isArray(content)) throw new Error(content.error);
  return content;
}
