export { type Listener, type Serve, start } from "./start.js";
