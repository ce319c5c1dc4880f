export type { Listener, Serve } from "./serve.js";
export { type RunningApp, start } from "./start.js";
export { highestMaxBodyBytes } from "@sessionhook/core/limits";
