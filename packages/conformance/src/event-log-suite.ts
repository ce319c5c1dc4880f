import { describe } from "vitest";
import { describeBytes } from "./event-log/bytes.js";
import { describeFilters } from "./event-log/filters.js";
import type { EventLogHarness } from "./event-log/harness.js";
import { describeIdentity } from "./event-log/identity.js";
import { describeIds } from "./event-log/ids.js";
import { describeLifecycle } from "./event-log/lifecycle.js";
import { describePaging } from "./event-log/paging.js";
import { describeRandom } from "./event-log/random.js";
import { describeReclassify } from "./event-log/reclassify.js";
import { describeScan } from "./event-log/scan.js";

export type { EventLogHarness, StoreFixture } from "./event-log/harness.js";

/**
 * Tests the requirements for every EventLog driver. Call it in the driver's test file. Features of only one driver
 * (files, locks, crashes) have their own tests.
 */
export function describeEventLog(name: string, harness: EventLogHarness): void {
  describe(`EventLog: ${name}`, () => {
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
