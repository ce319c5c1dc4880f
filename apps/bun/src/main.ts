import { start } from "@sessionhook/server";
import { serveBun } from "./serve-bun.js";

await start(serveBun, { writerThread: true });
