import { Buffer } from "node:buffer";
import { compact, indented, spaced } from "../json-text.js";

/** Bytes that may have been signed, and how they became those of the file. */
export interface BodyVariant {
  readonly code: string;
  readonly message: string;
  readonly bytes: Uint8Array;
}

const mark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Undoes the changes that editors, shells, proxies and JSON libraries make to a body, the likelier ones first. */
export function* bodyVariants(body: Uint8Array): Generator<BodyVariant> {
  const bytes = Buffer.from(body);
  const text = bytes.toString("utf8");
  const variant = (code: string, message: string, made: string | Uint8Array): BodyVariant => ({
    code,
    message,
    bytes: typeof made === "string" ? Buffer.from(made, "utf8") : made,
  });

  const added = "The file has a newline at its end that was not signed; editors and echo add one";
  if (bytes.at(-1) === 0x0a) {
    yield variant("final_newline", added, bytes.subarray(0, -1));
    if (bytes.at(-2) === 0x0d) yield variant("final_newline", added, bytes.subarray(0, -2));
  }
  const lost = "The body that was signed ends with a newline, which the file has lost";
  for (const end of ["\n", "\r\n"])
    yield variant("final_newline", lost, Buffer.concat([bytes, Buffer.from(end)]));

  if (bytes.subarray(0, 3).equals(mark)) {
    const message = "The file begins with a byte order mark that was not signed";
    yield variant("byte_order_mark", message, bytes.subarray(3));
    yield variant("byte_order_mark", `${message}, and ends with a newline`, text.slice(1).trimEnd());
  } else {
    const message = "The body that was signed begins with a byte order mark, which the file has lost";
    yield variant("byte_order_mark", message, Buffer.concat([mark, bytes]));
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    const utf16 = bytes.subarray(2).toString("utf16le");
    const message = "The file is in UTF-16, as PowerShell writes it, and the body was signed in UTF-8";
    yield variant("utf_16", message, utf16);
    yield variant("utf_16", message, utf16.trimEnd());
  }

  const endings = "The line ends of the file were changed";
  const unix = text.replaceAll("\r\n", "\n");
  for (const lines of [unix, unix.replaceAll("\n", "\r\n")])
    for (const made of [lines, lines.trimEnd()]) yield variant("line_ends", `${endings} (CRLF and LF)`, made);
  yield variant("blanks", "The file has blanks around the body that were not signed", text.trim());

  yield* formatted(text.replace(/^\ufeff/, "").trim(), variant);
  const charset =
    "The file was written in another character set than the body was signed in (Latin-1 and UTF-8)";
  yield variant("character_set", charset, Buffer.from(text, "latin1"));
  yield variant("character_set", charset, bytes.toString("latin1"));
}

/** Yields variants of JSON that a program has parsed and serialized again. */
function* formatted(
  text: string,
  variant: (code: string, message: string, made: string | Uint8Array) => BodyVariant,
): Generator<BodyVariant> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (/^[A-Za-z0-9+/\s]+={0,2}$/.test(text)) {
      const message = "The file has the body in base64 (API Gateway: isBase64Encoded)";
      yield variant("base64", message, Buffer.from(text, "base64"));
    }
    return;
  }
  if (typeof value === "string")
    yield variant("json_string", "The file has the body as a JSON string, in quotes and escaped", value);
  const message = "The JSON was reformatted: white space or escapes differ from what was signed";
  const layouts = [compact(text), spaced(text), ...["  ", "    ", "\t"].map((step) => indented(text, step))];
  for (const layout of layouts) {
    for (const spelled of spellings(layout)) {
      yield variant("formatted", message, spelled);
      yield variant("formatted", message, `${spelled}\n`);
    }
  }
  try {
    const again = "The JSON was read and written again: numbers, escapes or equal names changed";
    yield variant("formatted", again, JSON.stringify(value));
  } catch {
    // Nested too deeply to be serialized.
  }
}

/** Returns the JSON unchanged; with all but ASCII escaped, as Python does; with slashes escaped, as PHP does; without either. */
function spellings(json: string): string[] {
  const ascii = (text: string) =>
    text.replaceAll(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const plain = json
    .replaceAll("\\/", "/")
    .replaceAll(/\\u(?!00[0-7])([0-9a-f]{4})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  const slashed = json.replaceAll("\\/", "/").replaceAll("/", "\\/");
  return [...new Set([json, ascii(json), plain, slashed, ascii(slashed)])];
}
