export { freePort } from "./free-port.js";
export { type Command, ListeningProcess } from "./listening-process.js";
export { median, percentile } from "./statistics.js";
