import { buildEvent, type SimulatedType } from "./build-event.js";
import { Population } from "./population.js";
import { Random } from "./random.js";
import { type Draft, invalidBody, unrecognizedBody } from "./trouble.js";

export interface SimulatorOptions {
  /** Any finite number. The same seed and `now` give the same events, byte for byte. */
  readonly seed: number;
  /** The end of the simulated time in Unix ms: every event lies in the seven days before it. */
  readonly now: number;
}

export interface NextOptions {
  /**
   * Trouble on purpose: `invalid` gives an event of a known type that does not fit its schema and will be
   * quarantined, `unrecognized` one of a type that core does not know (`type` has no effect then).
   */
  readonly variant?: "invalid" | "unrecognized" | undefined;
}

export interface SimulatedEvent {
  /** Message id to sign and send it with; also in the body, unless `invalid` cut that off. */
  readonly id: string;
  readonly type: string;
  /** The JSON text to sign and send. */
  readonly body: string;
}

export interface Simulator {
  /** The next event, by default an `identity.session.finalized` one. There is no end to them. */
  next(type?: SimulatedType, options?: NextOptions): SimulatedEvent;
}

/**
 * Makes realistic identity webhook events without clock, network or file system. Nobody in them exists: addresses
 * are from the documentation ranges, domains end in `.example`, phone numbers are set aside for fiction.
 * @throws RangeError for a seed or time that is no finite number
 */
export function createSimulator({ seed, now }: SimulatorOptions): Simulator {
  if (!Number.isFinite(seed)) throw new RangeError("The seed must be a finite number");
  if (!Number.isFinite(now) || Math.abs(now) > 8e15) {
    throw new RangeError("now must be a time in Unix milliseconds");
  }
  const end = Math.floor(now);
  const key = `${seed}/${end}`;
  const population = new Population(key, end);
  const random = new Random(`${key}/events`);
  return {
    next(type = "identity.session.finalized", { variant } = {}) {
      if (variant === "unrecognized") {
        const event: Draft = buildEvent(random, population, "identity.session.finalized");
        return { id: event.id, ...unrecognizedBody(random, event) };
      }
      const event = buildEvent(random, population, type);
      const body = variant === "invalid" ? invalidBody(random, event) : JSON.stringify(event);
      return { id: event.id, type, body };
    },
  };
}
