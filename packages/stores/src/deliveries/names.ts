import { StoreError } from "@sessionhook/core";

/** Returns the id of a delivery, from its number in the order of creation. */
export function deliveryName(number: number): string {
  return `dlv_${number}`;
}

/** Returns the id of a replay; null for 0, the generation of live deliveries. */
export function replayName(number: number): string | null {
  return number === 0 ? null : `rpl_${number}`;
}

/** Returns the number in an id of {@link deliveryName}; undefined for any other text. */
export function deliveryNumber(name: string): number | undefined {
  return numberIn("dlv_", name);
}

/** Returns the number in an id of {@link replayName}; undefined for any other text. */
export function replayNumber(name: string): number | undefined {
  return numberIn("rpl_", name);
}

/** Names a batch of unrouted events by the place where it begins, and its last rechecked event. */
export interface BatchToken {
  /** Arrival number of the last event of the log that was routed. */
  readonly position: number;
  /** Number of the last recheck that was routed. */
  readonly rechecked: number;
  /** Number of the last recheck in the batch. */
  readonly rechecks: number;
}

export function tokenOf({ position, rechecked, rechecks }: BatchToken): string {
  return `${position}-${rechecked}-${rechecks}`;
}

/** @throws StoreError `invalid_cursor` for a text that no store has made */
export function parseToken(token: string): BatchToken {
  const numbers = token.split("-").map((digits) => wholeNumber(digits) ?? Number.NaN);
  const [position = Number.NaN, rechecked = Number.NaN, rechecks = Number.NaN] = numbers;
  if (numbers.length !== 3 || numbers.some(Number.isNaN))
    throw new StoreError("invalid_cursor", "Not a batch of this store");
  return { position, rechecked, rechecks };
}

function numberIn(prefix: string, name: string): number | undefined {
  const number = name.startsWith(prefix) ? wholeNumber(name.slice(prefix.length)) : undefined;
  return number === 0 ? undefined : number;
}

function wholeNumber(digits: string): number | undefined {
  const number = /^(?:0|[1-9][0-9]{0,15})$/.test(digits) ? Number(digits) : Number.NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}
