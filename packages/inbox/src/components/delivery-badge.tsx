import type { DeliveryState } from "@sessionhook/core";

const names: Readonly<Record<DeliveryState, string>> = {
  waiting: "Waiting",
  delivering: "Delivering",
  delivered: "Delivered",
  skipped: "Skipped",
  dead: "Dead letter",
};

/** Returns the display name of a state. */
export function deliveryStateName(state: DeliveryState): string {
  return names[state];
}

export function DeliveryBadge({ state }: { readonly state: DeliveryState }) {
  return <span class={`badge badge-${state}`}>{names[state]}</span>;
}
