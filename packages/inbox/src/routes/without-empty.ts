import type { MiddlewareHandler } from "hono";
import { outside, ownPath } from "../link-prefix.js";

/** Redirects to the same list without empty parameters, which forms send for choices that are not made. */
export const withoutEmpty: MiddlewareHandler = async (c, next) => {
  const [path = "", search = ""] = ownPath(c).split(/\?(.*)/s);
  const all = [...new URLSearchParams(search)];
  const given = all.filter(([, value]) => value !== "");
  if (given.length === all.length) return next();
  const query = new URLSearchParams(given).toString();
  return c.redirect(outside(c, query === "" ? path : `${path}?${query}`), 303);
};
