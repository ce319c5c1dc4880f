import { start } from "@sessionhook/standalone";
import { serveBun } from "./serve-bun.js";

await start(serveBun, { writerThread: true });
