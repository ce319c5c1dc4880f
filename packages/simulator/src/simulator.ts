import { buildEvent, type SimulatedType } from "./build-event.js";
import { Population } from "./population.js";
import { Random } from "./random.js";
import { type Draft, invalidBody, unrecognizedBody } from "./invalid-variants.js";

const usual = "identity.session.finalized";

export interface SimulatorOptions {
  /** Any finite number. The same seed and `now` generate the same events, byte for byte. */
  readonly seed: number;
  /** The end of the simulated time in Unix milliseconds: all events are in the seven days before it. */
  readonly now: number;
}

export interface NextOptions {
  /**
   * `invalid` generates an event of a known type that is not valid for its schema and will be quarantined.
   * `unrecognized` generates an event of a type that core does not know; it ignores the `type` argument.
   */
  readonly variant?: "invalid" | "unrecognized" | undefined;
}

export interface SimulatedEvent {
  /** Message id for the headers; the body contains it too, unless the variant `invalid` cut it off. */
  readonly id: string;
  readonly type: string;
  /** The JSON text to sign and send. */
  readonly body: string;
}

export interface Simulator {
  /** Generates the next event, by default `identity.session.finalized`. The sequence is endless. */
  next(type?: SimulatedType, options?: NextOptions): SimulatedEvent;
}

/**
 * Creates a generator of realistic identity webhook events. It uses no clock, network or file system. All data is
 * fictitious: addresses are from documentation ranges, domains end in `.example`, phone numbers are reserved for fiction.
 * @throws RangeError when the seed or the time is not a finite number
 *
 * @example
 * ```ts
 * import { createSimulator } from "@sessionhook/simulator";
 *
 * const simulator = createSimulator({ seed: 7, now: Date.now() });
 * simulator.next().type; // => "identity.session.finalized"
 * ```
 */
export function createSimulator({ seed, now }: SimulatorOptions): Simulator {
  if (!Number.isFinite(seed)) throw new RangeError("The seed must be a finite number");
  if (!Number.isFinite(now) || Math.abs(now) > 8e15) {
    throw new RangeError("now must be a time in Unix milliseconds");
  }
  const end = Math.floor(now);
  const key = `${seed}/${end}`;
  const population = new Population(key, end);
  const streams = new Map<string, Random>();
  // Each kind of event has its own, so that one seed gives events of two kinds different ids.
  const streamOf = (kind: string) => {
    const stream = streams.get(kind) ?? new Random(`${key}/events${kind === usual ? "" : `/${kind}`}`);
    streams.set(kind, stream);
    return stream;
  };
  return {
    next(type = usual, { variant } = {}) {
      const random = streamOf(variant ?? type);
      if (variant === "unrecognized") {
        const event: Draft = buildEvent(random, population, usual);
        return { id: event.id, ...unrecognizedBody(random, event) };
      }
      const event = buildEvent(random, population, type);
      const body = variant === "invalid" ? invalidBody(random, event) : JSON.stringify(event);
      return { id: event.id, type, body };
    },
  };
}
