/** What one statement gave. */
export interface D1Rows {
  readonly results: readonly unknown[];
}

export interface D1BoundStatement {
  bind(...values: unknown[]): D1BoundStatement;
  all(): Promise<D1Rows>;
}

/** As much of Cloudflare's `D1Database` as the store uses; the binding of a Worker fits. */
export interface D1Binding {
  prepare(sql: string): D1BoundStatement;
  /** Runs the statements in order as one transaction. */
  batch(statements: D1BoundStatement[]): Promise<D1Rows[]>;
}
