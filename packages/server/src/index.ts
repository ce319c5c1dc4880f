export type { Listener, Serve } from "./serve.js";
export { start } from "./start.js";
export { highestMaxBodyBytes } from "@sessionhook/core/limits";
