import { codeDriver } from "./code/config.js";
import type { Driver } from "./driver.js";
import { filesDriver } from "./files/config.js";
import { httpDriver } from "./http/config.js";
import { slackDriver } from "./slack/config.js";

/** Every type of destination: its keys, defaults and how it is created. The code of a driver is loaded by `create`. */
export const drivers = {
  http: httpDriver,
  code: codeDriver,
  files: filesDriver,
  slack: slackDriver,
} as const satisfies Readonly<Record<string, Driver>>;

export type DestinationType = keyof typeof drivers;
