import { ReceiveError } from "../receive-error.js";

/** @throws ReceiveError `unsupported_content_encoding` for an encoded body, which is not the signed bytes */
export function checkContentEncoding(encoding: string | undefined): void {
  if (encoding === undefined || encoding.toLowerCase() === "identity") return;
  throw new ReceiveError(
    "unsupported_content_encoding",
    "The body must be sent as it was signed, without content-encoding",
  );
}
