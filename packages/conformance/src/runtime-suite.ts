import { afterAll, beforeAll, describe, it } from "vitest";
import type { RuntimeCase } from "./runtime/case.js";
import { apiCases } from "./runtime/cases/api.js";
import { deliveryCases, notDeliveringCases } from "./runtime/cases/deliveries.js";
import { bodyLimitCases } from "./runtime/cases/body-limits.js";
import { browserCases } from "./runtime/cases/browser.js";
import { feedCases } from "./runtime/cases/feed.js";
import { messageCases } from "./runtime/cases/messages.js";
import { documentedCases } from "./runtime/cases/documented.js";
import { framingCases } from "./runtime/cases/framing.js";
import { httpCases } from "./runtime/cases/http.js";
import { malformedCases } from "./runtime/cases/malformed.js";
import { senderCases } from "./runtime/cases/senders.js";
import { signatureCases } from "./runtime/cases/signatures.js";
import { signInCases } from "./runtime/cases/sign-in.js";
import { socketCases } from "./runtime/cases/sockets.js";
import { vectorCases } from "./runtime/cases/vectors.js";
import { notDerivingCases, visitCases } from "./runtime/cases/visits.js";
import { RuntimeContext, runtimeSettings, type RuntimeTarget } from "./runtime/context.js";

export { deliveryCases, runtimeSettings, type RuntimeTarget };

/** Starts an app with `runtimeSettings`, the target's secrets and token, and stops it. */
export interface RuntimeHarness {
  start(): Promise<RuntimeTarget>;
  stop(): Promise<void>;
}

/** All guarantees of the HTTP interface, in one table for all runtimes. */
export const runtimeCases: readonly RuntimeCase[] = [
  ...messageCases,
  ...signatureCases,
  ...vectorCases,
  ...httpCases,
  ...senderCases,
  ...apiCases,
  ...signInCases,
  ...bodyLimitCases,
  ...feedCases,
  ...browserCases,
  ...documentedCases,
  ...deliveryCases,
  ...notDeliveringCases,
  ...visitCases,
  ...notDerivingCases,
  ...socketCases,
  ...framingCases,
  ...malformedCases,
];

/**
 * Runs every case of a table, by default of the whole one, against a running app. A case that excepts the runtime is reported as skipped
 * with its reason.
 * @param runtime name of the app: node, bun, deno, aws-lambda, cloudflare-workers
 */
export function describeRuntime(
  runtime: string,
  harness: RuntimeHarness,
  cases: readonly RuntimeCase[] = runtimeCases,
): void {
  describe(`runtime: ${runtime}`, () => {
    let context: RuntimeContext;
    beforeAll(async () => {
      context = new RuntimeContext(await harness.start());
    }, 120_000);
    afterAll(() => harness.stop());

    for (const { name, except, run } of cases) {
      const reason = except?.[runtime];
      if (reason === undefined) it(name, () => run(context));
      else it.skip(`${name} (${reason})`, () => undefined);
    }
  });
}
