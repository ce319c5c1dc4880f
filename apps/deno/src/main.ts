import process from "node:process";
import { start } from "@sessionhook/server";
import { serveNodeHttp } from "@sessionhook/server/node-http";
import { certificateWarnings } from "./certificate-warnings.js";

// A write beyond the limit of file sizes (ulimit -f) ends a process that does not handle this signal. Node and Bun ignore it.
if (process.platform !== "win32") process.on("SIGXFSZ", () => undefined);

await start(serveNodeHttp, { warnings: certificateWarnings() });
