import { deflateSync, inflateSync } from "node:zlib";

const signatureBytes = 8;

/** Compresses the pixels of a PNG as well as zlib can; the picture is the same. Leaves out all chunks that it does not need. */
export function smallerPng(png: Uint8Array): Uint8Array {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const parts: Uint8Array[] = [png.subarray(0, signatureBytes)];
  const pixels: Uint8Array[] = [];
  for (let at = signatureBytes; at < png.length;) {
    const length = view.getUint32(at);
    const type = new TextDecoder().decode(png.subarray(at + 4, at + 8));
    const data = png.subarray(at + 8, at + 8 + length);
    if (type === "IDAT") pixels.push(data);
    if (type === "IHDR") parts.push(chunk(type, data));
    at += length + 12;
  }
  parts.push(chunk("IDAT", deflateSync(inflateSync(Buffer.concat(pixels)), { level: 9, memLevel: 9 })));
  parts.push(chunk("IEND", new Uint8Array()));
  const smaller = Buffer.concat(parts);
  return smaller.length < png.length ? smaller : png;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc(bytes.subarray(4, data.length + 8)));
  return bytes;
}

/** CRC-32 as in PNG, annex D; zlib.crc32 is newer than the oldest supported Node. */
function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ ((sum & 1) * 0xedb88320);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
