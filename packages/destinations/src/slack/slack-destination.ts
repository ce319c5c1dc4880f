import type { Destination } from "@sessionhook/core";
import type { DriverContext } from "../driver.js";
import type { SlackConfig } from "./config.js";

export function createSlack(_config: SlackConfig, context: DriverContext): Destination {
  return {
    target: context.name,
    send: async (items) => items.map(() => ({ outcome: "retry", reason: { code: "not_built" } })),
    close: async () => undefined,
  };
}
