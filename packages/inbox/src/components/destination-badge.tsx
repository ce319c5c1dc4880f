import type { DestinationOverview } from "@sessionhook/core";

const names: Readonly<Record<DestinationOverview["state"], string>> = {
  ready: "Ready",
  paused: "Paused",
  blocked: "Blocked",
  cooling: "Cooling",
  orphaned: "Orphaned",
};

export function DestinationBadge({ state }: { readonly state: DestinationOverview["state"] }) {
  return <span class={`badge badge-${state}`}>{names[state]}</span>;
}
