import { describe } from "vitest";
import { describeBasic } from "./destination/basic.js";
import { describeClosing } from "./destination/closing.js";
import { describeConcurrent } from "./destination/concurrent.js";
import { describeFailing } from "./destination/failing.js";
import type { DestinationHarness } from "./destination/harness.js";
import { describeSlow } from "./destination/slow.js";

export type { Behaviour, DestinationFixture, DestinationHarness } from "./destination/harness.js";
export { deliveryItem, noDeadline, personalData } from "./destination/items.js";
export { HttpPeer, type PeerRequest } from "./destination/http-peer.js";

/**
 * Tests the requirements for every destination against a real other system: everything reported as delivered has arrived,
 * the signal ends what hangs, and no outcome contains a secret or personal data. Call it in the driver's test file.
 */
export function describeDestination(name: string, harness: DestinationHarness): void {
  describe(`Destination: ${name}`, () => {
    describeBasic(harness);
    describeConcurrent(harness);
    describeSlow(harness);
    describeFailing(harness);
    describeClosing(harness);
  });
}
