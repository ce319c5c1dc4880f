import { ReceiveError } from "../receive-error.js";

/** The content codings that IANA registers, their older names, and the framing of S3's clients. */
const codings = new Set([
  "aes128gcm",
  "aws-chunked",
  "br",
  "compress",
  "dcb",
  "dcz",
  "deflate",
  "exi",
  "gzip",
  "pack200-gzip",
  "x-compress",
  "x-gzip",
  "zstd",
]);

/**
 * Rejects an encoded body, because a signature covers the bytes without a coding. Senders also write charsets and empty
 * values into this header; those are ignored.
 * @throws ReceiveError `unsupported_content_encoding`
 */
export function checkContentEncoding(encoding: string | undefined): void {
  if (encoding === undefined || encoding === "") return;
  const coding = encoding
    .toLowerCase()
    .split(/[\s,]+/)
    .find((name) => codings.has(name));
  if (coding === undefined) return;
  throw new ReceiveError(
    "unsupported_content_encoding",
    `The body must be sent without content-encoding: ${coding}`,
  );
}
