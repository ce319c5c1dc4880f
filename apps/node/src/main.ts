import { start } from "@sessionhook/server";
import { serveNode } from "./serve-node.js";

await start(serveNode, { writerThread: true });
