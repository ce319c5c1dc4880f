import { start } from "@sessionhook/server";
import { serveNodeHttp } from "@sessionhook/standalone/node-http";

await start(serveNodeHttp);
