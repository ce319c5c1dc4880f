import { problemOf, ReceiveError, toResponse } from "@sessionhook/ingest";
import { type App, SettingsError } from "@sessionhook/app";
import { createWorkerApp } from "./create-worker-app.js";
import { drain } from "./drain.js";

let app: App | undefined;

/** The handler that Workers calls. The first request of an isolate creates the app, because bindings come with a request. */
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
  return app.fetch(request, { address: request.headers.get("cf-connecting-ip") ?? undefined });
}
