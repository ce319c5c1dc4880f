import { type EventType, eventTypes } from "@sessionhook/core";
import { payloads } from "@sessionhook/fixtures";

export interface Example {
  readonly file: string;
  readonly type: EventType;
  readonly summary: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The published examples: of each type one with every field, one with as little as possible, one from the future. */
export function examples(): Example[] {
  return eventTypes.flatMap((type) => [
    example(type, "full", "Every field filled.", payloads.full(type)),
    example(type, "minimal", "Null wherever it is allowed, no optional field.", payloads.minimal(type)),
    example(
      type,
      "unknown-fields",
      "With fields this version does not know: they are kept.",
      withUnknownFields(payloads.full(type)),
    ),
  ]);
}

function example(
  type: EventType,
  name: string,
  summary: string,
  payload: Readonly<Record<string, unknown>>,
): Example {
  return { file: `examples/${type}.${name}.json`, type, summary, payload };
}

/** The provider adds fields without notice, at any depth. */
function withUnknownFields(event: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const data = event["data"] as Record<string, unknown>;
  const added = Object.entries(data).map(([key, value]) => {
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return [key, isObject ? { ...value, addedLater: null } : value] as const;
  });
  return {
    ...event,
    data: { ...Object.fromEntries(added), addedLater: { nested: [1, null, { deep: true }] } },
    addedLater: "a field this version does not know",
  };
}
