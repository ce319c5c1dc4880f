import type { Handler, Hono } from "hono";
import { methods } from "./methods.js";

/** Registers a handler for one method of a path and responds to the others with 405 and `Allow`. */
export function only(app: Hono, method: "GET" | "POST", path: string, handler: Handler): void {
  methods(app, path, { [method]: handler });
}
