import { Buffer } from "node:buffer";
import type { ServerResponse } from "node:http";
import type { Answer } from "@sessionhook/receiver";

/** Sends an answer that is plain data. */
export function writeAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  response.end(body);
}
