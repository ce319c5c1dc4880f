export interface SignedMessage {
  readonly name: string;
  /** Any of them may be the signing secret; a library that accepts only one secret is called with each of them. */
  readonly secrets: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** The event type, if the message is a complete event that must be accepted. */
  readonly type?: string;
  /** True when core verifies the message. */
  readonly genuine: boolean;
  /** A probe shows whether a library differs from core; a difference is reported and never fails a consumer. */
  readonly probe: boolean;
}
