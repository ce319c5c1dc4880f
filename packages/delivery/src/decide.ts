import type { Facts, Reason, StoredEvent } from "@sessionhook/core";
import type { DestinationOptions } from "./destination-options.js";
import { compileFilter, type Filter } from "./filter/compile-filter.js";
import { skippedBy } from "./filter/presets.js";

/** The decision whether a destination gets an event. */
export type Decision =
  | { readonly wants: true; readonly cooldown: Cooldown | undefined }
  /**
   * It does not get the event. `recorded`: its filter failed, which a skipped delivery records. Otherwise the event does
   * not concern the destination, and nothing is stored. Codes of the reason: `type`, `status`,
   * `skip_<preset>` with underscores, `filter`, `filter_error`.
   */
  | { readonly wants: false; readonly recorded: boolean; readonly reason: Reason };

/** The store skips a delivery if another one with the same key was created less than `ms` before. */
export interface Cooldown {
  readonly key: string;
  readonly ms: number;
}

/** The options of a destination that select its events, with its filter compiled. */
export interface Selection extends Pick<DestinationOptions, "types" | "statuses" | "skip" | "cooldown"> {
  readonly filter: Filter | undefined;
}

/**
 * Compiles the filter of a destination.
 * @throws FilterError if `when` is wrong
 */
export function selectionOf(options: DestinationOptions): Selection {
  const { types, statuses, skip, cooldown, when } = options;
  return { types, statuses, skip, cooldown, filter: when === undefined ? undefined : compileFilter(when) };
}

/** Decides whether a destination gets an event. Router, replay and `config try` use this function. */
export function decide(
  event: Pick<StoredEvent, "type" | "status">,
  facts: Facts | undefined,
  selection: Selection,
): Decision {
  const unwanted = (code: string): Decision => ({
    wants: false,
    recorded: code === "filter_error",
    reason: { code },
  });
  const { types, statuses, skip, filter, cooldown } = selection;
  if (event.status === "conflict" || !statuses.includes(event.status)) return unwanted("status");
  if (types !== undefined && (event.type === null || !types.includes(event.type))) return unwanted("type");
  const preset = skippedBy(skip, facts);
  if (preset !== undefined) return unwanted(`skip_${preset.replaceAll("-", "_")}`);
  const matches = filter?.matches(facts) ?? true;
  if (matches === "error") return unwanted("filter_error");
  if (!matches) return unwanted("filter");
  return { wants: true, cooldown: cooldown && cooldownOf(cooldown, facts) };
}

/** Returns the cooldown, keyed by the best identity of the person or company; undefined if the event has none. */
function cooldownOf(
  { per, forMs }: NonNullable<DestinationOptions["cooldown"]>,
  facts: Facts = {},
): Cooldown | undefined {
  const person = facts.personEmail ?? facts.personLinkedinUrl ?? facts.personFullName;
  const identity = per === "person" ? person : (facts.companyDomain ?? facts.companyName);
  return identity === undefined ? undefined : { key: `${per}:${identity.toLowerCase()}`, ms: forMs };
}
