import type { StoredEvent } from "@sessionhook/core";
import { readBody } from "./read-body.js";

/** Returns a name for the files of an event, without an extension, in plain ASCII for every message id. */
export function fileName(event: StoredEvent): string {
  const id = event.id.replaceAll(/[^\w-]+/g, "_").slice(0, 100);
  const version = event.version === 1 ? "" : `-version-${event.version}`;
  return `${id === "" ? "event" : id}${version}`;
}

/** Returns the extension for the body of an event. */
export function rawExtension(event: StoredEvent): string {
  const { kind } = readBody(event.raw);
  return kind === "json" ? "json" : kind === "text" ? "txt" : "bin";
}
