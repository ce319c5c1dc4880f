import type { EventStatus } from "@sessionhook/core";

const names: Readonly<Record<EventStatus, string>> = {
  accepted: "Accepted",
  quarantined: "Quarantined",
  unrecognized: "Unrecognized",
  conflict: "Conflict",
};

/** Returns the display name of a status. */
export function statusName(status: EventStatus): string {
  return names[status];
}

export function StatusBadge({ status }: { readonly status: EventStatus }) {
  return <span class={`badge badge-${status}`}>{names[status]}</span>;
}
