import { problemResponse, SettingsError } from "@sessionhook/receiver";
import type { Hono } from "hono";
import { createApp } from "./create-app.js";
import { drain } from "./drain.js";

let app: Hono | undefined;

/** What Workers calls. The app is made by the first request of an isolate: only then the bindings are there. */
export default {
  async fetch(request: Request, env: Readonly<Record<string, unknown>>): Promise<Response> {
    const answer = await answerTo(request, env);
    await drain(request);
    return answer;
  },
};

async function answerTo(request: Request, env: Readonly<Record<string, unknown>>): Promise<Response> {
  try {
    app ??= createApp(env);
  } catch (error) {
    if (!SettingsError.isInstance(error)) throw error;
    console.error(`sessionhook: cannot start with these settings\n${error.message}`);
    return problemResponse("misconfigured", error.message.replaceAll("\n", "; "));
  }
  return app.fetch(request);
}
