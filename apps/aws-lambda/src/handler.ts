import process from "node:process";
import { createHandler } from "./create-handler.js";

/** What Lambda calls. Made once per environment, while it starts: a bad setting fails the start. */
export const handler = await createHandler(process.env);
