import type { RecheckEffect, RecheckSelection } from "@sessionhook/ingest";
import { formatCount } from "../format/number.js";
import { eventPath } from "../paths.js";
import { Clamped } from "./clamped.js";
import { Link } from "./link.js";

interface NumbersProps {
  readonly effect: RecheckEffect;
  readonly status: RecheckSelection["status"];
  /** True before the recheck. */
  readonly would: boolean;
}

/** Renders how many events get which status. */
export function RecheckNumbers({ effect, status, would }: NumbersProps) {
  const { counts } = effect;
  const name = (to: keyof typeof counts) => {
    if (to === "accepted") return would ? "Would be accepted" : "Accepted now";
    if (to === status) return would ? "Would stay" : "Unchanged";
    return `${would ? "Would be" : "Now"} ${to}`;
  };
  const all = ["accepted", "quarantined", "unrecognized"] as const;
  return (
    <dl class="numbers recheck-numbers">
      {all
        .filter((to) => to === "accepted" || to === status || counts[to] > 0)
        .map((to) => (
          <div class={to === "accepted" && counts.accepted > 0 ? "pleasing" : undefined}>
            <dt>{name(to)}</dt>
            <dd>{formatCount(counts[to])}</dd>
          </div>
        ))}
    </dl>
  );
}

/** Lists some of the events whose status changes. */
export function ChangedEvents({ effect: { changed }, would }: Pick<NumbersProps, "effect" | "would">) {
  if (changed.length === 0) return <></>;
  return (
    <>
      <h3>{would ? "Events that would change" : "Events that changed"}</h3>
      <ul class="samples" data-rows>
        {changed.map((id) => (
          <li>
            <Link class="code" to={eventPath({ id, version: 1 })}>
              <Clamped text={id} />
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
