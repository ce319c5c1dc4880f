/** A link to the inbox that works once. */
export interface SignInLink {
  /** Path and query, below the base path. */
  readonly path: string;
  /** Unix milliseconds. */
  readonly expiresAt: number;
}
