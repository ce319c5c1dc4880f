import type { IncomingMessage } from "node:http";

/** The answer to a request, as far as it was read. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** Beginning of the body, at most 64 KiB; empty if it is compressed. */
  readonly text: string;
  /** True if there was more. */
  readonly cut: boolean;
}

const maxBytes = 64 * 1024;
/** The status decides; whoever drips its body is not waited for. */
const bodyMs = 2_000;

/** Reads an answer up to its limits, and ends the connection if there is more. Always resolves. */
export function readAnswer(response: IncomingMessage, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (cut: boolean) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      response.removeAllListeners("data");
      if (cut) response.destroy();
      const encoding = response.headers["content-encoding"] ?? "identity";
      const bytes = Buffer.concat(chunks).subarray(0, maxBytes);
      const { "retry-after": retryAfter } = response.headers;
      const text = encoding === "identity" ? new TextDecoder().decode(bytes) : "";
      resolve({ status: response.statusCode ?? 0, retryAfter, text, cut });
    };
    const stop = () => finish(true);
    const timer = setTimeout(stop, bodyMs);
    signal.addEventListener("abort", stop);
    response.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > maxBytes) finish(true);
    });
    response.once("end", () => finish(false));
    response.on("error", stop);
    response.once("close", stop);
    if (signal.aborted) stop();
  });
}
