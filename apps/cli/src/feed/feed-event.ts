/** An event of `GET /api/events?after=`, as far as commands use it. */
export interface FeedEvent {
  readonly id: string;
  readonly version: number;
  readonly type: string | null;
  readonly status: string;
  /** Unix milliseconds. */
  readonly receivedAt: number;
  /** Opaque position after this event. */
  readonly position: string;
  /** The exact body, if it is UTF-8. */
  readonly body?: string;
  /** The exact body in base64, if it is not UTF-8. */
  readonly bodyBase64?: string;
}

/** Returns the exact body of an event. */
export function bodyOf({ body, bodyBase64 = "" }: FeedEvent): Uint8Array<ArrayBuffer> {
  return new Uint8Array(body === undefined ? Buffer.from(bodyBase64, "base64") : Buffer.from(body, "utf8"));
}

/** Returns a key that identifies an event in every log. */
export function keyOf({ id, version }: FeedEvent): string {
  return `${version} ${id}`;
}

/** Returns whether a value of an answer is an event. */
export function isFeedEvent(value: unknown): value is FeedEvent {
  if (typeof value !== "object" || value === null) return false;
  const { id, version, status, type, receivedAt, position } = value as Record<string, unknown>;
  return (
    [id, status, position].every((text) => typeof text === "string") &&
    [version, receivedAt].every((number) => typeof number === "number") &&
    (type === null || typeof type === "string")
  );
}
