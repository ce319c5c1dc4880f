import { ConfigurationError, textOrBytes } from "@sessionhook/core";

/** What a host made of the body, if anything. */
export interface HostBody {
  readonly body?: unknown;
  /** The bytes as received, kept by the host: cloud functions, `verify` hooks, fastify-raw-body. */
  readonly rawBody?: unknown;
}

const utf8 = new TextEncoder();

/**
 * The bytes as received where the host has read them; undefined where the stream is still to be read.
 * @param consumed whether something has read from the stream
 * @throws ConfigurationError when only a parsed body is left: encoding it again would not give the signed bytes
 */
export function hostBytes({ body, rawBody }: HostBody, consumed: boolean): Uint8Array | undefined {
  const bytes = asBytes(rawBody) ?? asBytes(body);
  if (bytes !== undefined) return bytes;
  if (!consumed) return undefined;
  throw new ConfigurationError(
    "invalid_option",
    `The request body was ${body === undefined ? "read" : "parsed"} before the webhook handler saw it, so the ` +
      "signed bytes are gone. Mount the webhook before express.json() and other body parsers, or give its " +
      'path express.raw({ type: "*/*" }), or keep the bytes in req.rawBody with the verify option of the parser',
  );
}

/** Text stands for its UTF-8 bytes. Anything else is a parsed body, or none. */
function asBytes(value: unknown): Uint8Array | undefined {
  const raw = textOrBytes(value);
  return typeof raw === "string" ? utf8.encode(raw) : raw;
}
