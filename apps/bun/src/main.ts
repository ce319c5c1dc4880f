import { start } from "@sessionhook/server";
import { maxIdleSeconds, serveBun } from "./serve-bun.js";

await start(serveBun, { writerThread: true, maxKeepAliveSeconds: maxIdleSeconds });
