import type { IncomingMessage } from "node:http";

/** The part of an answer that was read. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** Beginning of the body, at most 64 KiB; empty if it is compressed. */
  readonly text: string;
  /** True if the body was not read, or not to its end. */
  readonly cut: boolean;
}

const maxBytes = 64 * 1024;
/** Time limit of the body, in milliseconds: the status decides, so a slow body is cut off. */
const bodyMs = 2_000;

/** Reads an answer up to its limits, and closes the connection if there is more. Calls `done` once. */
export function readAnswer(
  response: IncomingMessage,
  signal: AbortSignal,
  done: (answer: Answer) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  let finished = false;
  const finish = (cut: boolean) => {
    if (finished) return;
    finished = true;
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    response.removeAllListeners("data");
    if (cut) response.destroy();
    const { "retry-after": retryAfter, "content-encoding": encoding = "identity" } = response.headers;
    const bytes = Buffer.concat(chunks).subarray(0, maxBytes);
    const readable = encoding === "identity";
    const text = readable ? new TextDecoder().decode(bytes) : "";
    done({
      status: response.statusCode ?? 0,
      retryAfter,
      text,
      cut: cut || (!readable && size > 0),
    });
  };
  const stop = () => finish(true);
  const timer = setTimeout(stop, bodyMs);
  signal.addEventListener("abort", stop);
  response.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes) stop();
  });
  response.once("end", () => finish(!response.complete));
  response.on("error", stop);
  response.once("close", stop);
  if (signal.aborted) stop();
}
