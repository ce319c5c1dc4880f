import type { Server } from "node:http";
import { describeGuide } from "./describe-guide.js";
import { listening, stopped } from "./listening.js";

let server: Server;
describeGuide("node-http", {
  async start() {
    ({ server } = await import("../src/node-http/server.js"));
    return listening(server);
  },
  stop: () => stopped(server),
});
