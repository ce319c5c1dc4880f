import { describe } from "vitest";
import { describeBytes } from "./event-store/bytes.js";
import { describeFilters } from "./event-store/filters.js";
import type { EventStoreHarness } from "./event-store/harness.js";
import { describeIdentity } from "./event-store/identity.js";
import { describeIds } from "./event-store/ids.js";
import { describeLifecycle } from "./event-store/lifecycle.js";
import { describePaging } from "./event-store/paging.js";
import { describeRandom } from "./event-store/random.js";
import { describeReclassify } from "./event-store/reclassify.js";
import { describeScan } from "./event-store/scan.js";

export type { EventStoreHarness, EventStorePlace } from "./event-store/harness.js";

/**
 * Tests the requirements for every EventStore driver. Call it in the driver's test file. Features of only one driver
 * (files, locks, crashes) have their own tests.
 */
export function describeEventStore(name: string, harness: EventStoreHarness): void {
  describe(`EventStore: ${name}`, () => {
    describeBytes(harness);
    describeIdentity(harness);
    describeIds(harness);
    describePaging(harness);
    describeScan(harness);
    describeFilters(harness);
    describeReclassify(harness);
    describeLifecycle(harness);
    describeRandom(harness);
  });
}
