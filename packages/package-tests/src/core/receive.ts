import { InvalidPayloadError, SignatureError, unwrap } from "@sessionhook/core";
import { saveSession } from "./sessions.js";

export async function receive(request: Request): Promise<Response> {
  try {
    const body = await request.arrayBuffer();
    const event = unwrap(body, { headers: request.headers, secrets: process.env.WEBHOOK_SECRET ?? "" });
    if (event.type === "identity.session.finalized") await saveSession(event.id, event.data);
    return new Response("ok");
  } catch (error) {
    if (SignatureError.isInstance(error)) return new Response(error.code, { status: 401 });
    if (InvalidPayloadError.isInstance(error)) return new Response(error.code, { status: 422 });
    throw error;
  }
}
