/** Encodes bytes as standard base64 (RFC 4648 section 4, padded). */
export function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/**
 * Decodes standard base64, canonical form only: padded, no white space, no bits set beyond the last
 * byte (RFC 4648 section 3.5). Returns undefined for everything else, so that one value has one spelling.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  try {
    const binary = atob(text);
    return btoa(binary) === text ? bytesOf(binary) : undefined;
  } catch {
    return undefined;
  }
}

/** Decodes base64 without padding, with bits beyond the last byte, or in the URL-safe alphabet (RFC 4648 section 5). */
export function decodeLooseBase64(text: string): Uint8Array | undefined {
  if (!/^[\w+/-]*={0,2}$/.test(text)) return undefined;
  try {
    return bytesOf(atob(text.replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "")));
  } catch {
    return undefined;
  }
}

/**
 * Decodes base64 as the npm package `standardwebhooks` does: at least 4 characters with the padding, no white space, no
 * URL-safe alphabet. The padding may be missing, and one character after the last group of four is ignored.
 */
export function decodeReferenceBase64(text: string): Uint8Array | undefined {
  const unpadded = text.replace(/=+$/, "");
  if (text.length < 4 || text.length - unpadded.length > 2) return undefined;
  const digits = unpadded.length % 4 === 1 ? unpadded.slice(0, -1) : unpadded;
  return /^[A-Za-z0-9+/]*$/.test(digits) ? bytesOf(atob(digits)) : undefined;
}

function bytesOf(binary: string): Uint8Array {
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}
