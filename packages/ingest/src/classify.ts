import { type ClassifiedEvent, classifyEvent, noIssues, type Reclassification } from "@sessionhook/core";

/** Classifies a body and returns the columns to store. Pure: the same bytes always give the same result. */
export function classify(body: Uint8Array): Reclassification {
  return storable(classifyEvent(body));
}

/** Returns the columns of a classified event. */
export function storable(classified: ClassifiedEvent): Reclassification {
  switch (classified.status) {
    case "accepted":
      return { type: classified.type, status: "accepted", ...noIssues };
    case "unrecognized":
      return { type: storableType(classified.type), status: "unrecognized", ...noIssues };
    case "quarantined":
      return classified;
  }
}

/** Maximum length of an event type in the search column, in characters. The stored body is not limited. */
const maxTypeLength = 256;

/** Returns the type as a column: null if a database cannot store it as text, so that the event itself is still stored. */
function storableType(type: string): string | null {
  return type.length > maxTypeLength || !type.isWellFormed() || type.includes("\u0000") ? null : type;
}
