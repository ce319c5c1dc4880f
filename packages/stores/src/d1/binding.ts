/** The result of one statement. */
export interface D1Rows {
  readonly results: readonly unknown[];
}

export interface D1BoundStatement {
  bind(...values: unknown[]): D1BoundStatement;
  all(): Promise<D1Rows>;
}

/** The part of Cloudflare's `D1Database` that the store uses; a Worker's binding satisfies it. */
export interface D1Binding {
  prepare(sql: string): D1BoundStatement;
  /** Runs the statements in order as one transaction. */
  batch(statements: D1BoundStatement[]): Promise<D1Rows[]>;
}
