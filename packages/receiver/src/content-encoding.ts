import { ReceiveError } from "./receive-error.js";

/** @throws ReceiveError `unsupported_content_encoding` for a body that is not the signed bytes as they are */
export function checkContentEncoding(headers: Headers): void {
  const encoding = headers.get("content-encoding");
  if (encoding === null || encoding.toLowerCase() === "identity") return;
  throw new ReceiveError(
    "unsupported_content_encoding",
    "The body must be sent as it was signed, without content-encoding",
  );
}
