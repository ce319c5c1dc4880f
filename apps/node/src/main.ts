import { start } from "@sessionhook/standalone";
import { serveNode } from "./serve-node.js";

await start(serveNode, { writerThread: true });
