import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { functionUrlEvent, LambdaFunction, lambdaFetch } from "@sessionhook/conformance/lambda-fetch";
import { sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { afterEach, describe, expect, it } from "vitest";
import { adminToken, bundle, LambdaFixture, secret } from "./lambda-fixture.js";

const simulator = createSimulator({ seed: 31, now: Date.now() });
const stops: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** Runs the bundle alone in a folder, where the AWS SDK cannot be found. */
async function startAlone(env: Readonly<Record<string, string>>): Promise<LambdaFunction> {
  const folder = mkdtempSync(join(tmpdir(), "sessionhook-lambda-"));
  stops.push(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "handler.mjs");
  copyFileSync(bundle, file);
  const alone = new LambdaFunction();
  stops.push(async () => alone.stop());
  return alone.start(file, {
    SESSIONHOOK_SECRETS: secret,
    SESSIONHOOK_ADMIN_TOKEN: adminToken,
    SESSIONHOOK_STORE: "dynamodb:events",
    ...env,
  });
}

async function send(api: LambdaFunction["api"]): Promise<number> {
  const { id, body } = simulator.next();
  const headers = { ...sign(body, { id, secret }) };
  return (await lambdaFetch(api, functionUrlEvent)("/webhooks", { method: "POST", body, headers })).status;
}

describe("the AWS SDK", () => {
  it("is not needed in the environment of a function", async () => {
    const { dynalite } = await started();
    const alone = await startAlone({ AWS_ENDPOINT_URL_DYNAMODB: dynalite });
    expect(await send(alone.api)).toBe(200);
  });

  it("is loaded where a setting needs it", async () => {
    const { fixture } = await started({ AWS_RETRY_MODE: "adaptive" });
    expect(await send(fixture.api)).toBe(200);
  });

  it("is named when it is needed and missing", async () => {
    const error = await startAlone({ AWS_RETRY_MODE: "adaptive" }).catch(String);
    expect(error).toContain("needs the package @aws-sdk/client-dynamodb");
  });
});

async function started(env: Readonly<Record<string, string>> = {}) {
  const fixture = new LambdaFixture();
  stops.push(async () => fixture.stop());
  await fixture.start(env);
  return { fixture, dynalite: fixture.endpoint };
}
