import {
  functionUrlEvent,
  type LambdaClient,
  lambdaFetch,
  ricMissing,
} from "@sessionhook/conformance/lambda-fetch";
import { describeRuntime, runtimeSettings } from "@sessionhook/conformance/runtime-suite";
import { describe } from "vitest";
import { adminToken, LambdaFixture, secret } from "./lambda-fixture.js";

const second = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

function runWith(client: LambdaClient): void {
  const fixture = new LambdaFixture();
  describeRuntime("aws-lambda", {
    start: async () => {
      await fixture.start({ ...runtimeSettings, SESSIONHOOK_SECRETS: `${secret} ${second}` }, { client });
      return { fetch: lambdaFetch(fixture.api, functionUrlEvent), adminToken, secrets: [secret, second] };
    },
    stop: () => fixture.stop(),
  });
}

describe("with our own invocation loop", () => {
  runWith("loop");
});

const missing = ricMissing();
describe.skipIf(missing !== undefined)(
  `in aws-lambda-ric${missing === undefined ? "" : ` (${missing})`}`,
  () => {
    runWith("ric");
  },
);
