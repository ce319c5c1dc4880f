import { createConfig, lintFromString } from "@redocly/openapi-core";
import { validate } from "@scalar/openapi-parser";
import { payloads } from "@sessionhook/fixtures";
import { expect, it } from "vitest";
import { answerStatuses } from "../scripts/answers.js";
import { deliveryHeaders } from "../scripts/delivery.js";
import { openApi } from "../scripts/openapi.js";

const source = JSON.stringify(openApi());

interface Operation {
  readonly parameters: readonly { readonly $ref: string }[];
  readonly responses: Record<string, unknown>;
}

async function lint(text: string): Promise<string[]> {
  const config = await createConfig({ extends: ["recommended-strict"] });
  const problems = await lintFromString({ source: text, absoluteRef: "/openapi.json", config });
  return problems.map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

it("passes Redocly's strict rules", async () => {
  expect(await lint(source)).toEqual([]);
});

it("and these rules do look: a wrong example and a lost schema are found", async () => {
  expect(await lint(source.replaceAll('"vid":"vis_', '"vid":["vis_"],"was":"'))).not.toEqual([]);
  expect(
    await lint(source.replace('"#/components/schemas/Network"', '"#/components/schemas/Gone"')),
  ).not.toEqual([]);
});

it("is valid OpenAPI 3.1 for Scalar's parser", async () => {
  expect(await validate(source)).toMatchObject({ valid: true, version: "3.1", errors: [] });
  expect(await validate(source.replace('"in":"header"', '"in":"nowhere"'))).toMatchObject({ valid: false });
});

it("has a webhook for every event type, with its headers and every answer", () => {
  const { webhooks } = JSON.parse(source) as { webhooks: Record<string, { post: Operation }> };
  expect(Object.keys(webhooks)).toEqual(payloads.types);
  for (const { post } of Object.values(webhooks)) {
    expect(post.parameters.map(({ $ref }) => $ref.replace(/.*\//, ""))).toEqual(Object.keys(deliveryHeaders));
    expect(Object.keys(post.responses)).toEqual(["200", "400", "401", "408", "413", "415", "422", "503"]);
    expect(Object.keys(post.responses)).toEqual(answerStatuses);
  }
});
