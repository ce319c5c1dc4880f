import type { StoredEvent } from "@sessionhook/core";
import { readBody } from "./read-body.js";

/** Returns a file name for the bytes of an event, in plain ASCII for every message id. */
export function rawFileName(event: StoredEvent): string {
  const id = event.id.replaceAll(/[^\w-]+/g, "_").slice(0, 100);
  const version = event.version === 1 ? "" : `-version-${event.version}`;
  const kind = readBody(event.raw).kind;
  const extension = kind === "json" ? "json" : kind === "text" ? "txt" : "bin";
  return `${id === "" ? "event" : id}${version}.${extension}`;
}
