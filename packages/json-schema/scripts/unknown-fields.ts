import type { EventType } from "@sessionhook/core";
import { payloads } from "@sessionhook/fixtures";

/** Returns an event with unknown fields at several depths, as the provider may add them without notice. */
export function withUnknownFields(type: EventType): Record<string, unknown> {
  if (type === "identity.session.finalized") return payloads.withUnknownFields();
  const event = payloads.full(type);
  const data = event["data"] as Record<string, unknown>;
  const grown = Object.entries(data).map(([key, value]) => {
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return [key, isObject ? { ...value, addedLater: null } : value] as const;
  });
  return {
    ...event,
    data: { ...Object.fromEntries(grown), addedLater: { nested: [1, null, { deep: true }] } },
    addedLater: "a field this version does not know",
  };
}
