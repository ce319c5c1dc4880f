// Writes the samples, which the compiler has checked, and the results of the generated client.
import { readFileSync, writeFileSync } from "node:fs";
import { administer } from "./administer.js";
import type { IdentityEvent } from "./generated/events.js";
import { valid } from "./generated/samples.js";

const [, , inputsFile = "", observationsFile = ""] = process.argv;
const { app } = JSON.parse(readFileSync(inputsFile, "utf8")) as {
  app: { origin: string; adminToken: string };
};

/** Returns the id of the session of an event, or null. The compiler checks that each type has the field. */
function sessionOf(event: IdentityEvent): string | null {
  if (event.type === "identity.session.finalized") return event.data.session.sid;
  return event.data.session?.sid ?? null;
}

const roundTrips: Record<string, unknown> = {};
for (const [name, { event }] of Object.entries(valid)) {
  const read = JSON.parse(JSON.stringify(event)) as IdentityEvent;
  sessionOf(read);
  roundTrips[name] = read;
}
writeFileSync(observationsFile, JSON.stringify({ roundTrips, admin: await administer(app) }));
