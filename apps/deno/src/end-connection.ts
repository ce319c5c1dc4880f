/** Ends a connection after its answer, and is an error of nobody. */
class ConnectionEnd extends Error {}

/**
 * Makes Deno close the connection after an answer that says so. By itself Deno waits for the rest of the request, for
 * as long as the sender takes; it closes at once when the stream of the answer fails. On HTTP/2, where requests have
 * no Host, it resets the request's stream by itself.
 */
export function endingConnection(request: Request, response: Response): Response {
  if (response.headers.get("connection") !== "close" || response.body === null) return response;
  const { status, headers } = response;
  if (!request.headers.has("host")) {
    headers.delete("connection");
    return new Response(response.body, { status, headers });
  }
  const reader = response.body.getReader();
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const { done, value } = await reader.read();
    if (done) controller.error(new ConnectionEnd());
    else controller.enqueue(value);
  };
  return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }), { status, headers });
}

/** Like Deno's own, but silent about connections that were ended on purpose. */
export function onError(error: unknown): Response {
  if (!(error instanceof ConnectionEnd)) console.error(error);
  return new Response("Internal Server Error", { status: 500 });
}
