import type { KnownEvent } from "./generated/types.js";

/** An event that fits the schema of its type, as received: in an older envelope `id` and `created` are missing. */
export type ReceivedEvent = Received<KnownEvent>;

type Received<Event extends KnownEvent> = Event extends KnownEvent
  ? Omit<Event, "id" | "created"> & { id?: string | undefined; created?: number | undefined }
  : never;

/**
 * The type of an event this version does not know: any text at run time. It is declared as an enum
 * because a plain or branded string would prevent `switch (event.type)` from narrowing the known events.
 */
export declare enum UnrecognizedType {
  opaque = "\u0000",
}

/**
 * A genuine event of a type this version does not know, as received. TypeScript refuses to compare its `type` with a text
 * (error TS2367): write `const type: string = event.type` and compare that.
 */
export interface UnrecognizedEvent {
  readonly type: UnrecognizedType;
  readonly [field: string]: unknown;
}
