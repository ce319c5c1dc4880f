import {
  ConfigurationError,
  type EventType,
  eventTypes,
  type KnownEvent,
  type UnrecognizedEvent,
} from "@sessionhook/core";
import type { EventContext } from "./context.js";

/** Your code for an event. Its result is awaited and ignored; if it throws, the sender retries. */
export type EventHandler<E> = (event: E, context: EventContext) => unknown;

/** The event with the given type. */
export type EventOf<T extends EventType> = Extract<KnownEvent, { readonly type: T }>;

type AnyEvent = KnownEvent | UnrecognizedEvent;

interface Registration {
  readonly wants: (type: string, known: boolean) => boolean;
  readonly handler: EventHandler<never>;
}

/** Handlers by event type, run one after the other in the order they were registered. */
export class EventHandlers {
  readonly #registrations: Registration[] = [];

  /** @throws ConfigurationError `invalid_option` for a type this version does not know, probably a typing error */
  on(type: EventType | "*", handler: EventHandler<never>): void {
    if (type !== "*" && !eventTypes.includes(type)) {
      throw new ConfigurationError(
        "invalid_option",
        `${JSON.stringify(type)} is not an event type of this version; it knows ${eventTypes.join(", ")}. ` +
          "Take other types with onUnrecognized",
      );
    }
    this.#register((given) => type === "*" || given === type, handler);
  }

  onUnrecognized(handler: EventHandler<never>): void {
    this.#register((_, known) => !known, handler);
  }

  /** Runs every handler registered for the event, and stops at the first that throws. */
  async dispatch(event: AnyEvent, known: boolean, context: EventContext): Promise<void> {
    const wanted = this.#registrations.filter(({ wants }) => wants(event.type, known));
    for (const { handler } of wanted) await handler(event as never, context);
  }

  #register(wants: Registration["wants"], handler: EventHandler<never>): void {
    if (typeof handler !== "function") {
      throw new ConfigurationError("invalid_option", "An event handler must be a function");
    }
    this.#registrations.push({ wants, handler });
  }
}
