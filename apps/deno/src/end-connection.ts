/** Ends a connection after its answer, and is an error of nobody. */
class ConnectionEnd extends Error {}

/**
 * Makes Deno close the connection after an answer. By itself it waits for the rest of the request, for as long as the
 * sender takes; it closes at once when the stream of the answer fails. Not where a read of the body is still under way:
 * Deno 2.9 would never close the connection then, not even after its sender has.
 */
export function endConnection(request: Request, response: Response, silent: boolean): Response {
  // Requests of HTTP/2 have no Host; Deno resets their stream by itself.
  if (silent || response.body === null || !request.headers.has("host")) return response;
  const reader = response.body.getReader();
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    const { done, value } = await reader.read();
    if (done) controller.error(new ConnectionEnd());
    else controller.enqueue(value);
  };
  const { status, headers } = response;
  return new Response(new ReadableStream({ pull }, { highWaterMark: 0 }), { status, headers });
}

/** Like Deno's own, but silent about connections that were ended on purpose. */
export function onError(error: unknown): Response {
  if (!(error instanceof ConnectionEnd)) console.error(error);
  return new Response("Internal Server Error", { status: 500 });
}
