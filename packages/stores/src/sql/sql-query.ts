/** One query to the database; `:name` in `sql` stands for the parameter of that name. */
export interface SqlQuery {
  readonly sql: string;
  readonly parameters: Record<string, string | number | Uint8Array>;
}

/** An algorithm that yields queries, receives their rows, and returns `T`. A driver runs the queries. */
export type SqlQueries<T> = Generator<SqlQuery, T, unknown[]>;
