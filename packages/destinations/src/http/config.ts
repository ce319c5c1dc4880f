import { type BodyConfig, bodySchema } from "../body/config.js";
import { type Network, networkSchema, urlSchema } from "../net/config.js";
import { headersProblems } from "./headers-problems.js";
import { namedSecrets } from "./named-secrets.js";
import * as z from "zod/mini";
import { secretProblem } from "./secret-problem.js";
import type { Driver } from "../driver.js";

export interface HttpConfig {
  /** URL that the events are posted to. */
  readonly url: string;
  /** Signing secret (`whsec_…` or `whsk_…`) of this destination for every request; several during a rotation. */
  readonly secret?: string | readonly string[] | undefined;
  /** Default `raw`. */
  readonly body?: BodyConfig | undefined;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Default `public`. */
  readonly network?: Network | undefined;
}

const secret = z.string("must be a text").check((context) => {
  const message = secretProblem(context.value);
  if (message === undefined) return;
  context.issues.push({ code: "custom", message, input: undefined, continue: true });
});

const headers = z.record(z.string(), z.string("must be a text"), "must be an object").check((context) => {
  for (const { name, message } of headersProblems(context.value))
    context.issues.push({
      code: "custom",
      path: name === "" ? [] : [name],
      message,
      input: undefined,
      continue: true,
    });
});

const notSecret = "must be a signing secret, or a list of them";

export const httpSchema: z.ZodMiniType<HttpConfig> = z.strictObject({
  url: urlSchema,
  secret: z.optional(z.union([secret, z.array(secret).check(z.minLength(1, notSecret))], notSecret)),
  body: z.optional(bodySchema),
  headers: z.optional(headers),
  network: z.optional(networkSchema),
});

export const httpDriver: Driver<HttpConfig> = {
  type: "http",
  kind: "webhook",
  description: "Posts events to a URL, signed by a secret of this destination as Standard Webhooks defines.",
  schema: httpSchema,
  secrets: ["secret", "headers.cookie"],
  namedSecrets,
  defaults: { concurrency: 10, timeoutMs: 15_000 },
  problems: async (config) => (await import("./http-problems.js")).httpProblems(config),
  create: async (config, context) => {
    const { createHttp } = await import("./http-destination.js");
    return createHttp(config, context);
  },
};
