import { start } from "@sessionhook/standalone";
import { serveNodeHttp } from "@sessionhook/standalone/node-http";

await start(serveNodeHttp, { writerThread: true });
