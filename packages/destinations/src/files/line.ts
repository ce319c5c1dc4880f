import type { DeliveryItem } from "@sessionhook/core";
import { bodyOf } from "../body/create-body.js";
import type { BodyConfig } from "../body/config.js";
import { isTest } from "../is-test.js";

/**
 * Returns the function that creates the line of an event, with its line break; it returns undefined if the line is a map and the event has
 * no facts.
 */
export function lineOf(config: BodyConfig): (item: DeliveryItem) => string | undefined {
  const createBody = bodyOf<string>(config, rawLine);
  return (item) => {
    const body = createBody(item);
    if (typeof body === "string") return `${body}\n`;
    if (typeof config === "object") return body === undefined ? undefined : `${JSON.stringify(body)}\n`;
    // With `flat`, an event without facts gets a line too.
    return `${JSON.stringify({ ...envelope(item), ...body })}\n`;
  };
}

function envelope(item: DeliveryItem) {
  const { id, type, status, receivedAt } = item.event;
  const tested = isTest(item) ? { test: true } : {};
  return { id, type, status, receivedAt: new Date(receivedAt).toISOString(), ...tested };
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Inserts the received JSON text unchanged: parsing would change large numbers. */
function rawLine(item: DeliveryItem): string {
  const head = JSON.stringify(envelope(item)).slice(0, -1);
  const text = jsonText(item.event.raw);
  if (text !== undefined) return `${head},"event":${text}}`;
  return `${head},"rawBase64":"${Buffer.from(item.event.raw).toString("base64")}"}`;
}

/** Returns the bytes as JSON on one line; undefined if they are not JSON. In JSON, line breaks are only between tokens. */
function jsonText(raw: Uint8Array): string | undefined {
  try {
    const text = utf8.decode(raw);
    JSON.parse(text);
    return text.replaceAll(/[\r\n]/g, " ");
  } catch {
    return undefined;
  }
}
