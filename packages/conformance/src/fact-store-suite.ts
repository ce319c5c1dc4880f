import { describe } from "vitest";
import type { FactStoreHarness } from "./fact-store/harness.js";
import { describeOrigins } from "./fact-store/origins.js";
import { describeRandom } from "./fact-store/random.js";

export type { FactPlace, FactStoreHarness, FactStores } from "./fact-store/harness.js";

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
    describeOrigins(harness);
    describeRandom(harness, model);
  });
}
