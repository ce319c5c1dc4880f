import { describe } from "vitest";
import { describeAttribution } from "./fact-store/attribution.js";
import { describeEventsOf } from "./fact-store/events-of.js";
import { describeFilters } from "./fact-store/filters.js";
import type { FactStoreHarness } from "./fact-store/harness.js";
import { describeOrder } from "./fact-store/order.js";
import { describeOrigins } from "./fact-store/origins.js";
import { describePaging } from "./fact-store/paging.js";
import { describePrecedence } from "./fact-store/precedence.js";
import { describeRandom } from "./fact-store/random.js";
import { describeUpkeep } from "./fact-store/upkeep.js";

export type { FactFixture, FactStoreHarness, FactStores } from "./fact-store/harness.js";

/**
 * Tests the requirements for every FactStore driver. Call it in the driver's test file.
 * @param model the harness of another driver, which must answer every call in the same way; by default the driver itself
 */
export function describeFactStore(
  name: string,
  harness: FactStoreHarness,
  model: FactStoreHarness = harness,
): void {
  describe(`FactStore: ${name}`, () => {
    describePrecedence(harness);
    describeOrder(harness);
    describeFilters(harness);
    describeOrigins(harness);
    describePaging(harness);
    describeEventsOf(harness);
    describeAttribution(harness);
    describeUpkeep(harness);
    describeRandom(harness, model);
  });
}
