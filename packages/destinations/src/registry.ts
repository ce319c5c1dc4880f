import { codeDriver } from "./code/config.js";
import type { Driver } from "./driver.js";
import { filesDriver } from "./files/config.js";
import { httpDriver } from "./http/config.js";
import { slackDriver } from "./slack/config.js";

/** All types of destinations, with their keys and defaults. `create` loads the code of a driver. */
export const drivers = {
  http: httpDriver,
  code: codeDriver,
  files: filesDriver,
  slack: slackDriver,
} as const satisfies Readonly<Record<string, Driver>>;

export type DestinationType = keyof typeof drivers;
