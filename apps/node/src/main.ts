import { start } from "@sessionhook/server";
import { serveNodeHttp } from "@sessionhook/server/node-http";

await start(serveNodeHttp, { writerThread: true });
