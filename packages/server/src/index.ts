export { type Listener, type Serve, start } from "./start.js";
export { highestMaxBodyBytes } from "@sessionhook/core/limits";
