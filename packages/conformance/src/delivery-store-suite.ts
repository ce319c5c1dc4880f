import { describe } from "vitest";
import { describeClaims } from "./delivery-store/claims.js";
import { describeCooldowns } from "./delivery-store/cooldowns.js";
import { describeDestinations } from "./delivery-store/destinations.js";
import type { DeliveryStoreHarness } from "./delivery-store/harness.js";
import { describeLifecycle } from "./delivery-store/lifecycle.js";
import { describeLists } from "./delivery-store/lists.js";
import { describePruning } from "./delivery-store/pruning.js";
import { describeRandom } from "./delivery-store/random.js";
import { describeReplays } from "./delivery-store/replays.js";
import { describeRequeue } from "./delivery-store/requeue.js";
import { describeRouting } from "./delivery-store/routing.js";
import { describeSettling } from "./delivery-store/settling.js";
import { describeSeveral } from "./delivery-store/several.js";

export type { DeliveryFixture, DeliveryStoreHarness, Stores } from "./delivery-store/harness.js";

/**
 * Tests the requirements for every DeliveryStore driver. Call it in the driver's test file.
 * @param model the harness of another driver, which must answer every call in the same way; by default the driver itself
 */
export function describeDeliveryStore(
  name: string,
  harness: DeliveryStoreHarness,
  model: DeliveryStoreHarness = harness,
): void {
  describe(`DeliveryStore: ${name}`, () => {
    describeRouting(harness);
    describeCooldowns(harness);
    describeClaims(harness);
    describeSettling(harness);
    describeRequeue(harness);
    describeDestinations(harness);
    describeLists(harness);
    describeReplays(harness);
    describePruning(harness);
    describeSeveral(harness);
    describeLifecycle(harness);
    describeRandom(harness, model);
  });
}
