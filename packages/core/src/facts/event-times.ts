import { createdAt } from "../unwrap.js";
import { at, numberAt, textAt } from "./read.js";

/** Returns the time at which an event was made, in Unix milliseconds. */
export function eventCreatedAt(event: unknown): number | undefined {
  return numberAt(event, "created") ?? createdAt(textAt(event, "timestamp"));
}

/** Returns the end of the session of an event, in Unix milliseconds. */
export function sessionEndedAt(event: unknown): number | undefined {
  const data = at(event, "data");
  return numberAt(at(data, "session"), "endedAt") ?? numberAt(data, "sessionEndedAt");
}
