import * as z from "zod/mini";
import type { Driver } from "../driver.js";
import { type Network, networkSchema, urlSchema } from "../net/config.js";

export interface SlackConfig {
  /** URL of the incoming webhook; it is a secret. For Discord: the URL of the webhook followed by `/slack`. */
  readonly url: string;
  /** Format of the messages. Default: by the host of the URL. */
  readonly format?: "slack" | "discord" | undefined;
  /** One message for all events that wait. Default true. */
  readonly digest?: boolean | undefined;
  /** Default `public`. */
  readonly network?: Network | undefined;
}

export const slackSchema: z.ZodMiniType<SlackConfig> = z.strictObject({
  url: urlSchema,
  format: z.optional(z.enum(["slack", "discord"], 'must be "slack" or "discord"')),
  digest: z.optional(z.boolean("must be true or false")),
  network: z.optional(networkSchema),
});

export const slackDriver: Driver<SlackConfig> = {
  type: "slack",
  kind: "api",
  description:
    "Posts a readable message to an incoming webhook of Slack, or of Discord by its /slack address.",
  schema: slackSchema,
  secrets: ["url"],
  defaults: { concurrency: 1, timeoutMs: 30_000 },
  problems: async (config) => (await import("./slack-problems.js")).slackProblems(config),
  create: async (config, context) => {
    const { createSlack } = await import("./slack-destination.js");
    return createSlack(config, context);
  },
};
