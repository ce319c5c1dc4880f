import { describe } from "vitest";
import { describeDerived } from "./privacy-store/derived.js";
import { describeErasing } from "./privacy-store/erasing.js";
import { describeExporting } from "./privacy-store/exporting.js";
import { describeFinding } from "./privacy-store/finding.js";
import type { PrivacyStoreHarness } from "./privacy-store/harness.js";

export type { PrivacyFixture, PrivacyStoreHarness, PrivacyStores } from "./privacy-store/harness.js";

/** Tests the requirements for every PrivacyStore driver. Call it in the driver's test file. */
export function describePrivacyStore(name: string, harness: PrivacyStoreHarness): void {
  describe(`PrivacyStore: ${name}`, () => {
    describeFinding(harness);
    describeExporting(harness);
    describeErasing(harness);
    describeDerived(harness);
  });
}
