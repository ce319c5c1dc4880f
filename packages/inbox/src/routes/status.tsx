import type { Hono } from "hono";
import { HelpPage } from "../pages/help-page.js";
import { StatusPage } from "../pages/status-page.js";
import { renderPage } from "../render.js";
import { readStatus } from "../status/read-status.js";
import type { SystemInfo } from "../system-info.js";
import { guards } from "./guards.js";
import type { FactParts } from "./fact-parts.js";

export interface StatusParts extends FactParts {
  readonly system: SystemInfo;
  readonly report: (error: unknown) => void;
}

/** Adds the state of the system, and the keyboard help. */
export function addStatusRoutes(app: Hono, parts: StatusParts): void {
  const { now } = parts;
  const { page } = guards(parts);
  app.get("/status", ...page, async (c) => {
    const at = now();
    return renderPage(c, 200, <StatusPage status={await readStatus(parts, at)} now={at} />);
  });
  app.get("/help", ...page, (c) => renderPage(c, 200, <HelpPage />));
}
