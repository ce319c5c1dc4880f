import type { Channel } from "../data/channels.js";
import type { Visitor } from "../population.js";
import type { Route } from "../sessions.js";
import type { Page } from "../sites.js";
import type { Random } from "../random.js";

/** A session of the history before it is generated. */
export interface PlannedVisit {
  readonly visitor: Visitor;
  /** Unix milliseconds. */
  readonly start: number;
  readonly channel: Omit<Channel, "weight">;
  readonly landing: Page;
  readonly route: (random: Random) => Route | undefined;
  /** True if the finalized event names the visitor's person. */
  readonly identified: boolean;
  /** True in the first session that is. */
  readonly firstIdentified: boolean;
}
