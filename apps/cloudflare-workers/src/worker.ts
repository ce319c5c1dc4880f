import { problemOf, ReceiveError, toResponse } from "@sessionhook/ingest";
import { type App, SettingsError } from "@sessionhook/app";
import { createWorkerApp } from "./create-worker-app.js";
import { drain } from "./drain.js";

let app: App | undefined;

/** What Workers calls. The app is created by the first request of an isolate: only then the bindings are there. */
export default {
  async fetch(request: Request, env: Readonly<Record<string, unknown>>): Promise<Response> {
    const answer = await answerTo(request, env);
    await drain(request);
    return answer;
  },
};

async function answerTo(request: Request, env: Readonly<Record<string, unknown>>): Promise<Response> {
  try {
    app ??= createWorkerApp(env);
  } catch (error) {
    if (!SettingsError.isInstance(error)) throw error;
    console.error(`sessionhook: cannot start with these settings\n${error.message}`);
    return toResponse(problemOf(new ReceiveError("misconfigured", error.message.replaceAll("\n", "; "))));
  }
  return app.fetch(request);
}
