import type { Destination } from "@sessionhook/core";
import type { DriverContext } from "../driver.js";
import type { HttpConfig } from "./config.js";

export function createHttp(_config: HttpConfig, context: DriverContext): Destination {
  return {
    target: context.name,
    send: async (items) => items.map(() => ({ outcome: "retry", reason: { code: "not_built" } })),
    close: async () => undefined,
  };
}
