import { eventTypes, schemaOf } from "../generated/known-types.js";
import type { EventType } from "../generated/types.js";
import {
  afterBoolean,
  afterBytes,
  afterColon,
  afterInteger,
  afterNull,
  afterNumber,
  afterSpace,
  afterString,
  afterValue,
  backslash,
  closeBrace,
  closeBracket,
  comma,
  letterN,
  openBrace,
  openBracket,
  quote,
  unsure,
} from "./json-bytes.js";
import { type Field, json, type Plan, planOf } from "./plan.js";

/**
 * Returns the type of an event that fits its schema; undefined if `parseEvent` must decide. Well-formed, usual and
 * accepted bodies are recognized from the bytes alone, which takes half the time of parsing and allocates nothing.
 */
export function scanEvent(body: Uint8Array): EventType | undefined {
  const bytes = withEnd(body);
  const start = afterSpace(bytes, afterByteOrderMark(bytes));
  const type = typeOf(bytes, start);
  if (type === undefined) return undefined;
  const end = afterPlanned(bytes, start, planFor(type));
  return end !== unsure && afterSpace(bytes, end) === body.length ? type : undefined;
}

/** Reused for all but the largest bodies. */
const copy = new Uint8Array(64 * 1024);

/** Returns the body followed by a 0 byte. Valid until the next call. */
function withEnd(body: Uint8Array): Uint8Array {
  const bytes = body.length < copy.length ? copy : new Uint8Array(body.length + 1);
  bytes.set(body);
  bytes[body.length] = 0;
  return bytes;
}

const plans = new Map<EventType, Plan>();

/** Plans by event type, built when the first event of the type arrives. */
function planFor(type: EventType): Plan {
  let plan = plans.get(type);
  if (plan === undefined) plans.set(type, (plan = planOf(schemaOf(type))));
  return plan;
}

function afterByteOrderMark(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

const typeKey = json("type");
const typeTexts = eventTypes.map((type) => [type, json(type)] as const);

/** Returns the first `type` of the object if it is known. The plan of the type requires the same value of any further `type`. */
function typeOf(bytes: Uint8Array, start: number): EventType | undefined {
  if (bytes[start] !== openBrace) return undefined;
  let at = afterSpace(bytes, start + 1);
  while (bytes[at] === quote) {
    const found = afterBytes(bytes, at, typeKey) !== unsure;
    at = afterString(bytes, at + 1);
    if (at !== unsure) at = afterColon(bytes, at);
    if (at === unsure) return undefined;
    if (found) return typeTexts.find(([, text]) => afterBytes(bytes, at, text) !== unsure)?.[0];
    at = afterValue(bytes, at, 0);
    if (at === unsure) return undefined;
    at = afterSpace(bytes, at);
    if (bytes[at] !== comma) return undefined;
    at = afterSpace(bytes, at + 1);
  }
  return undefined;
}

/** Scans a value that must fit the plan. */
function afterPlanned(bytes: Uint8Array, at: number, plan: Plan): number {
  const byte = bytes[at];
  if (byte === letterN) return plan.nullable ? afterNull(bytes, at) : unsure;
  switch (plan.kind) {
    case "string":
      return byte === quote ? afterString(bytes, at + 1) : unsure;
    case "number":
      return afterNumber(bytes, at);
    case "object":
      return byte === openBrace ? afterFields(bytes, at + 1, plan) : unsure;
    case "array":
      return byte === openBracket && plan.items !== undefined
        ? afterItems(bytes, at + 1, plan.items)
        : unsure;
    case "boolean":
      return afterBoolean(bytes, at);
    case "integer":
      return afterInteger(bytes, at);
    case "any object":
      return byte === openBrace ? afterValue(bytes, at, 0) : unsure;
    case "text":
      return afterBytes(bytes, at, plan.text);
  }
}

function afterItems(bytes: Uint8Array, at: number, items: Plan): number {
  at = afterSpace(bytes, at);
  if (bytes[at] === closeBracket) return at + 1;
  for (;;) {
    at = afterPlanned(bytes, at, items);
    if (at === unsure) return unsure;
    at = afterSpace(bytes, at);
    const byte = bytes[at];
    if (byte === closeBracket) return at + 1;
    if (byte !== comma) return unsure;
    at = afterSpace(bytes, at + 1);
  }
}

/** Scans all fields of an object, known and unknown. A repeated field must fit each time, although only the last counts. */
function afterFields(bytes: Uint8Array, at: number, { fields, sufficient, start }: Plan): number {
  let seen = 0;
  let last = start;
  at = afterSpace(bytes, at);
  if (bytes[at] === closeBrace) return isComplete(seen, sufficient) ? at + 1 : unsure;
  for (;;) {
    let field = last.next;
    let value = field === undefined ? unsure : afterBytes(bytes, at, field.key);
    if (value === unsure) {
      field = fieldAt(bytes, at, fields);
      value = field === undefined ? afterUnknownKey(bytes, at) : afterColon(bytes, at + field.name.length);
      if (value === unsure) return unsure;
    }
    value = afterSpace(bytes, value);
    if (field === undefined) at = afterValue(bytes, value, 0);
    else {
      at = afterPlanned(bytes, value, field.plan);
      seen |= field.bit;
      if (last.next !== field) last.next = field;
      last = field;
    }
    if (at === unsure) return unsure;
    at = afterSpace(bytes, at);
    const byte = bytes[at];
    if (byte === closeBrace) return isComplete(seen, sufficient) ? at + 1 : unsure;
    if (byte !== comma) return unsure;
    at = afterSpace(bytes, at + 1);
  }
}

function fieldAt(bytes: Uint8Array, at: number, fields: readonly Field[]): Field | undefined {
  for (const field of fields) if (afterBytes(bytes, at, field.name) !== unsure) return field;
  return undefined;
}

/** An escaped spelling of a known name (`\u0074ype`) would pass for an unknown field, so a backslash is `unsure`. */
function afterUnknownKey(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== quote) return unsure;
  const end = afterString(bytes, at + 1);
  if (end === unsure || bytes.subarray(at, end).includes(backslash)) return unsure;
  return afterColon(bytes, end);
}

function isComplete(seen: number, sufficient: readonly number[]): boolean {
  for (const set of sufficient) if ((seen & set) === set) return true;
  return false;
}
