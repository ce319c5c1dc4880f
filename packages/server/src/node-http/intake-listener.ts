import { Buffer } from "node:buffer";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { HttpAnswer, Intake } from "@sessionhook/ingest";
import { NodeRequest } from "./node-request.js";

/** Time for which a sender may continue to write after the response, in milliseconds. */
const lingerMs = 1000;

/** Passes messages directly to the intake, and all other requests to `others`. */
export function intakeListener(intake: Intake, others: RequestListener): RequestListener {
  return (request, response) => {
    if (!intake.serves(request.url ?? "")) return others(request, response);
    void intake.handle(new NodeRequest(request)).then((answer) => write(request, response, answer));
  };
}

/**
 * Writes a response. If the request is incomplete, the response is the last of the connection, and the rest of the
 * request is discarded for a second: a sender whose connection is closed while it writes sees a reset instead.
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
