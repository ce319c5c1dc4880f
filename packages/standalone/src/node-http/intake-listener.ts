import { Buffer } from "node:buffer";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { HttpAnswer, Intake } from "@sessionhook/receiver";
import { NodeRequest } from "./node-request.js";

/** How long a sender that is answered may go on writing before it is cut off, in milliseconds. */
const lingerMs = 1000;

/** Hands messages straight to the intake, and everything else to `others`. */
export function intakeListener(intake: Intake, others: RequestListener): RequestListener {
  return (request, response) => {
    if (!intake.serves(request.url ?? "")) return others(request, response);
    void intake.handle(new NodeRequest(request)).then((answer) => write(request, response, answer));
  };
}

/**
 * Writes an answer. Where the request has not arrived to its end, the answer is the last of the connection: what still
 * comes is thrown away for a second, as a sender that is cut off while it writes sees a reset instead of the answer.
 */
function write(request: IncomingMessage, response: ServerResponse, answer: HttpAnswer): void {
  const headers = { ...answer.headers, "content-length": Buffer.byteLength(answer.body) };
  if (request.complete) {
    response.writeHead(answer.status, headers).end(answer.body);
    return;
  }
  response.writeHead(answer.status, { ...headers, connection: "close" }).write(answer.body);
  const timer = setTimeout(() => response.end(), lingerMs);
  request.once("end", () => response.end());
  request.once("close", () => clearTimeout(timer));
  request.resume();
}
