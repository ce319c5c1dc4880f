/** The sender of a request, for the log. */
export interface Client {
  /** The address of the connection, or of the sender as the platform reports it; absent where the server does not know it. */
  readonly address?: string;
  /** The X-Forwarded-For header, if it looks like one. Every client can send it. */
  readonly forwardedFor?: string;
}

/**
 * Returns the sender of a request.
 * @param env what the server passes with the request: `{ address }`
 */
export function clientOf(header: (name: string) => string | undefined, env: unknown): Client {
  const { address } = (env ?? {}) as { address?: unknown };
  const forwardedFor = header("x-forwarded-for");
  return {
    ...(typeof address === "string" ? { address } : {}),
    ...(forwardedFor !== undefined && /^[\w.:,[\] -]{1,200}$/.test(forwardedFor) ? { forwardedFor } : {}),
  };
}
