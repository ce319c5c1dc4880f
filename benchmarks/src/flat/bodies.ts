import { eventTypes, noIssues, parseEvent, type Reclassification } from "@sessionhook/core";
import { createSimulator, type NextOptions } from "@sessionhook/simulator";
import type { BodySize } from "../load/requests.ts";

/** A body for generated events, and its classification. */
export interface PooledBody extends Reclassification {
  readonly text: string;
}

/** Kinds of bodies. `usual`, `other` and `rare` are accepted; `rare` has a type that few events have. */
export type Kind = "usual" | "other" | "rare" | "quarantined" | "unrecognized";

/**
 * Generates bodies of every kind. `full`: mostly sessions with person and companies, 5 to 8 kB. `small`: short bodies of
 * every type, 0.4 to 1.5 kB.
 */
export function pooledBodies(size: BodySize): Record<Kind, PooledBody[]> {
  const simulator = createSimulator({ seed: 2, now: Date.now() });
  const [from, to] = size === "full" ? [5000, 8000] : [400, 1500];
  const [usualType, ...others] = eventTypes;
  const make = (count: number, types: typeof eventTypes, options: NextOptions, fits: Fits): PooledBody[] => {
    const pool: PooledBody[] = [];
    for (let i = 0; pool.length < count; i++) {
      const text = simulator.next(types[i % types.length], options).body;
      if (fits(text.length)) pool.push({ text, ...classify(text) });
    }
    return pool;
  };
  const any: Fits = (length) => length < to;
  const between: Fits = (length) => length > from && length < to;
  return {
    usual: make(2000, size === "full" && usualType !== undefined ? [usualType] : eventTypes, {}, between),
    other: make(500, others.slice(0, -1), {}, any),
    rare: make(50, others.slice(-1), {}, any),
    quarantined: make(200, eventTypes, { variant: "invalid" }, any),
    unrecognized: make(200, eventTypes, { variant: "unrecognized" }, any),
  };
}

/** Decides by the number of characters whether a body is used. */
type Fits = (length: number) => boolean;

function classify(text: string): Omit<PooledBody, "text"> {
  const result = parseEvent(text);
  if (result.status === "quarantined") return result;
  const { event, status } = result;
  return { type: event.type, status, ...noIssues };
}
