import process from "node:process";
import { createHandler } from "./create-handler.js";

/** The handler that Lambda calls. It is created while the environment starts, so an invalid setting fails the start. */
export const handler = await createHandler(process.env);
