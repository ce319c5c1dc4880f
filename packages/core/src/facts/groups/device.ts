import { group } from "../definition.js";
import { at } from "../read.js";
import { browsers, deviceTypes, systems } from "../user-agent.js";

export const deviceFacts = group("device", [
  [
    "type",
    deviceTypes,
    "Kind of the device.",
    "the user agent; `desktop` also for a television with Android and an unknown device",
    ({ userAgent }) => userAgent?.type,
  ],
  ["browser", browsers, "Browser.", "the user agent", ({ userAgent }) => userAgent?.browser],
  ["os", systems, "Operating system.", "the user agent", ({ userAgent }) => userAgent?.os],
  [
    "userAgent",
    "string",
    "The browser's user agent.",
    "`data.session.userAgent`",
    ({ session }) => at(session, "userAgent"),
  ],
  [
    "screenWidth",
    "number",
    "Width of the screen in pixels.",
    "`data.session.screen.width`",
    ({ session }) => at(at(session, "screen"), "width"),
  ],
  [
    "screenHeight",
    "number",
    "Height of the screen in pixels.",
    "`data.session.screen.height`",
    ({ session }) => at(at(session, "screen"), "height"),
  ],
]);
