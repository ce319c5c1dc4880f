import { problemOf, ReceiveError, type Receiver, SettingsError, toResponse } from "@sessionhook/receiver";
import { createApp } from "./create-app.js";
import { drain } from "./drain.js";

let receiver: Receiver | undefined;

/** The handler that Workers calls. The first request of an isolate creates the receiver, because bindings come with a request. */
export default {
  async fetch(request: Request, env: Readonly<Record<string, unknown>>): Promise<Response> {
    const answer = await answerTo(request, env);
    await drain(request);
    return answer;
  },
};

async function answerTo(request: Request, env: Readonly<Record<string, unknown>>): Promise<Response> {
  try {
    receiver ??= createApp(env);
  } catch (error) {
    if (!SettingsError.isInstance(error)) throw error;
    console.error(`sessionhook: cannot start with these settings\n${error.message}`);
    return toResponse(problemOf(new ReceiveError("misconfigured", error.message.replaceAll("\n", "; "))));
  }
  return receiver.fetch(request);
}
