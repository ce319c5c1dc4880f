import type { MiddlewareHandler } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { setLinkPrefix } from "./link-prefix.js";

/**
 * Allows only our own stylesheet, icon, script and forms, which also makes a hostile payload harmless: bodies are served as
 * attachments of type application/octet-stream, which browsers do not run as scripts (nosniff).
 */
const contentSecurityPolicy = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  scriptSrc: ["'self'"],
  connectSrc: ["'self'"],
  imgSrc: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
};

// The TLS terminator decides about HSTS; COOP and Origin-Agent-Cluster only warn on plain HTTP.
const headers = secureHeaders({
  contentSecurityPolicy,
  // Links back to a list and the sign-in page after a form read the address of the page before.
  referrerPolicy: "same-origin",
  xFrameOptions: "DENY",
  strictTransportSecurity: false,
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
});

/** The security headers of every answer of the inbox. */
export const securityHeaders: MiddlewareHandler = headers;

/** The parts that every page has in common. */
export interface PageFrame {
  readonly basePath: string;
  readonly hasFacts: boolean;
  readonly commandLine: () => string;
}

/** The security headers of pages, which contain links, commands and the navigation. */
export function pageHeaders({ basePath, hasFacts, commandLine }: PageFrame): MiddlewareHandler {
  return (c, next) => {
    setLinkPrefix(c, basePath);
    c.set("hasFacts", hasFacts);
    c.set("commandLine", commandLine());
    return securityHeaders(c, next);
  };
}

/** Forbids caching of an answer that is private or signs a user in. */
export const noStore: MiddlewareHandler = async (c, next) => {
  await next();
  c.res.headers.set("Cache-Control", "no-store");
};
