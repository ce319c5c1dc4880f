import { instant } from "../feed/event-line.js";
import { harmless } from "../shell.js";
import type { Forwarded } from "./forward.js";

/** Returns a forwarded event as one line: time of receipt, status of the answer, type and id. */
export function forwardedLine({ event, httpStatus, milliseconds }: Forwarded): string {
  const answer = httpStatus === undefined ? "timeout" : String(httpStatus);
  const type = harmless(event.type ?? "-").padEnd(26);
  return `${instant(event.receivedAt)}  ${answer.padEnd(7)}  ${type}  ${harmless(event.id)}  ${milliseconds.toFixed(0)} ms`;
}

/** Returns a forwarded event as JSON on one line. */
export function forwardedJson({ event, httpStatus = undefined, milliseconds }: Forwarded): string {
  const { id, version, type, status, receivedAt, position } = event;
  const answer = { httpStatus: httpStatus ?? null, milliseconds: Math.round(milliseconds) };
  return JSON.stringify({ id, version, type, status, receivedAt, position, ...answer });
}
