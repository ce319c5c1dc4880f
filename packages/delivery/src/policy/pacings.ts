import type { DestinationState } from "@sessionhook/core";

/** Resets the number of pauses in a row. */
export function withoutPacings({ pacings }: DestinationState): Pick<DestinationState, "pacings"> {
  return pacings === undefined || pacings === 0 ? {} : { pacings: 0 };
}
