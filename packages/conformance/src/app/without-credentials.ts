import type { AppProcess } from "./app-process.js";

/** Lets an app that has not started create its own secret and token. Returns the app. */
export function withoutCredentials(app: AppProcess): AppProcess {
  delete app.env["SESSIONHOOK_SECRETS"];
  delete app.env["SESSIONHOOK_ADMIN_TOKEN"];
  return app;
}
