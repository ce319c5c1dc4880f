import { ConfigurationError, textOrBytes } from "@sessionhook/core";

/** The body as the host has read it, if it has. */
export interface HostBody {
  readonly body?: unknown;
  /** The raw bytes, saved by the host: cloud functions, `verify` hooks, fastify-raw-body. */
  readonly rawBody?: unknown;
}

const utf8 = new TextEncoder();

/**
 * Returns the raw bytes if the host has read them; undefined if the stream is unread.
 * @param consumed true if anything has read from the stream
 * @throws ConfigurationError if only a parsed body is available: encoding it again would not give the signed bytes
 */
export function hostBytes({ body, rawBody }: HostBody, consumed: boolean): Uint8Array | undefined {
  const bytes = asBytes(rawBody) ?? asBytes(body);
  if (bytes !== undefined) return bytes;
  if (!consumed) return undefined;
  throw new ConfigurationError(
    "invalid_option",
    `The request body was ${body === undefined ? "read" : "parsed"} before the webhook handler saw it, so the ` +
      "signed bytes are gone. Mount the webhook before express.json() and other body parsers, or give its " +
      'path express.raw({ type: "*/*", limit: "1mb" }), or save the bytes in req.rawBody with the verify option of the parser',
  );
}

/** Encodes text as UTF-8. Any other value is a parsed body, or absent. */
function asBytes(value: unknown): Uint8Array | undefined {
  const raw = textOrBytes(value);
  return typeof raw === "string" ? utf8.encode(raw) : raw;
}
