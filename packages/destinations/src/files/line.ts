import type { DeliveryItem } from "@sessionhook/core";
import { bodyOf } from "../body/create-body.js";
import type { BodyConfig } from "../body/config.js";

/** Returns the function that makes the line of an event, with its line break. */
export function lineOf(config: BodyConfig): (item: DeliveryItem) => string {
  const createBody = bodyOf<string>(config, rawLine);
  return (item) => {
    const body = createBody(item);
    if (typeof body === "string") return `${body}\n`;
    if (typeof config === "object" && body !== undefined) return `${JSON.stringify(body)}\n`;
    // An event without facts is in the file too.
    return `${JSON.stringify({ ...envelope(item), ...body })}\n`;
  };
}

function envelope({ event }: DeliveryItem) {
  return {
    id: event.id,
    type: event.type,
    status: event.status,
    receivedAt: new Date(event.receivedAt).toISOString(),
  };
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The received text is part of the line as it is: parsing would change its large numbers. */
function rawLine(item: DeliveryItem): string {
  const head = JSON.stringify(envelope(item)).slice(0, -1);
  const text = jsonText(item.event.raw);
  if (text !== undefined) return `${head},"event":${text}}`;
  return `${head},"rawBase64":"${Buffer.from(item.event.raw).toString("base64")}"}`;
}

/** Returns the bytes as JSON on one line: line breaks are possible between its tokens only. Undefined if they are not JSON. */
function jsonText(raw: Uint8Array): string | undefined {
  try {
    const text = utf8.decode(raw);
    JSON.parse(text);
    return text.replaceAll(/[\r\n]/g, " ");
  } catch {
    return undefined;
  }
}
