import { start } from "@sessionhook/standalone";
import { serveDeno } from "./serve-deno.js";

await start(serveDeno);
