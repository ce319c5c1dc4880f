import * as z from "zod/mini";
import { urlProblem } from "./url-problem.js";

/** `public`: only addresses of the internet. `private`: private and loopback addresses too; never metadata addresses. */
export type Network = "public" | "private";

export const networkSchema = z.enum(["public", "private"], 'must be "public" or "private"');

/** An http or https URL without userinfo. Messages never contain it. */
export const urlSchema = z.string("must be a URL").check((context) => {
  const message = urlProblem(context.value);
  if (message === undefined) return;
  context.issues.push({ code: "custom", message, input: undefined, continue: true });
});
