const bytesPerLine = 8;

/** Formats offset, bytes and printable ASCII, eight bytes per line: narrow enough for a phone. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.byteLength; offset += bytesPerLine) {
    const row = Array.from(bytes.subarray(offset, offset + bytesPerLine));
    const hex = row.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const text = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
    lines.push(`${offset.toString(16).padStart(4, "0")}  ${hex.padEnd(bytesPerLine * 3 - 1)}  ${text}`);
  }
  return lines.join("\n");
}
