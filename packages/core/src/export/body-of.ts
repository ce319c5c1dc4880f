/** The body of an event in JSON: as text, or in base64 where it is not UTF-8. */
export type ExportedBody = { readonly body: string } | { readonly bodyBase64: string };

/** Returns a body in a form that JSON can carry; its exact bytes can be read back. */
export function bodyOf(raw: Uint8Array): ExportedBody {
  try {
    return { body: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw) };
  } catch {
    return { bodyBase64: base64(raw) };
  }
}

function base64(bytes: Uint8Array): string {
  let binary = "";
  // In parts, because a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}
