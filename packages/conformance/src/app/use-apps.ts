import { afterEach } from "vitest";
import { type AppCommand, AppProcess } from "./app-process.js";

/** Returns a function that creates apps. After the test they are ended and their folders removed. */
export function useApps(command: AppCommand): (env?: Record<string, string>) => AppProcess {
  const apps: AppProcess[] = [];
  afterEach(() => Promise.all(apps.splice(0).map((app) => app.cleanUp())));
  return (env) => {
    const app = new AppProcess(command, env);
    apps.push(app);
    return app;
  };
}
