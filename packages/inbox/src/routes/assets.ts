import type { Hono } from "hono";
import {
  detailStylesheet,
  detailStylesheetPath,
  icon,
  iconPath,
  scriptPath,
  stylesheet,
  stylesheetPath,
} from "../assets.js";
import { clientScript } from "../client/script.js";
import { securityHeaders } from "../security-headers.js";

/** Adds the stylesheets, the icon and the script. Their names change with their contents, so browsers may cache them forever. */
export function addAssetRoutes(app: Hono): void {
  const forever = { "Cache-Control": "public, max-age=31536000, immutable" };
  app.get(stylesheetPath, securityHeaders, (c) =>
    c.body(stylesheet, 200, { ...forever, "Content-Type": "text/css; charset=utf-8" }),
  );
  app.get(detailStylesheetPath, securityHeaders, (c) =>
    c.body(detailStylesheet, 200, { ...forever, "Content-Type": "text/css; charset=utf-8" }),
  );
  app.get(scriptPath, securityHeaders, (c) =>
    c.body(clientScript, 200, { ...forever, "Content-Type": "text/javascript; charset=utf-8" }),
  );
  app.get(iconPath, securityHeaders, (c) =>
    c.body(icon, 200, { ...forever, "Content-Type": "image/svg+xml; charset=utf-8" }),
  );
}
