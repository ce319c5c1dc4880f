import { type ConfiguredDestination, durationText } from "@sessionhook/app/load-config";

/** Describes in one line what a destination gets. */
export function selectionText(options: ConfiguredDestination["options"]): string {
  const { types, statuses, skip, when, cooldown } = options;
  return [
    statuses.join(" and "),
    ...(types === undefined ? [] : [types.join(", ")]),
    ...(skip.length === 0 ? [] : [`skip ${skip.join(", ")}`]),
    ...(when === undefined ? [] : [`when ${when}`]),
    ...(cooldown === undefined ? [] : [`once per ${cooldown.per} in ${durationText(cooldown.forMs)}`]),
  ].join("; ");
}
