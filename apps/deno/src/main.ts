import { start } from "@sessionhook/server";
import { serveDeno } from "./serve-deno.js";

await start(serveDeno);
