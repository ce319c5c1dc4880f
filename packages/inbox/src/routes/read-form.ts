/** Largest form, in bytes. */
const maxBytes = 16 * 1024;

/**
 * Returns the text fields of a form by name; none if the body is not a form, undefined if it is too large. Reads into one
 * buffer, because a chunk of one byte may retain a buffer of 64 KiB (Deno).
 */
export async function readForm(request: Request): Promise<ReadonlyMap<string, string> | undefined> {
  const type = request.headers.get("content-type") ?? "";
  try {
    const bytes = await readUpTo(maxBytes, request);
    if (bytes === undefined) return undefined;
    const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
    return new Map([...form].filter((field): field is [string, string] => typeof field[1] === "string"));
  } catch {
    return new Map();
  }
}

/** Returns the body; undefined if it is too large, which a declared length shows before reading. */
async function readUpTo(max: number, request: Request): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (Number(request.headers.get("content-length")) > max) return undefined;
  const reader = request.body?.getReader();
  const bytes = new Uint8Array(max);
  let length = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done || value === undefined) return bytes.subarray(0, length);
    if (length + value.length > max) {
      void reader?.cancel().catch(() => undefined);
      return undefined;
    }
    bytes.set(value, length);
    length += value.length;
  }
}
