import type { Serve } from "@sessionhook/server";

/** Delay before listening again after the system refused to accept connections, in milliseconds. */
const againMs = 250;

/** Serves a fetch handler on Deno.serve. */
export const serveDeno: Serve = async ({ fetch }, { hostname, port }) => {
  const underWay = new Set<Promise<Response>>();
  let stopping = false;

  const listen = (port: number) =>
    Deno.serve({ hostname, port, onListen: () => undefined }, (request) => {
      if (stopping)
        return new Response(null, { status: 503, headers: { "retry-after": "1", connection: "close" } });
      const response = Promise.resolve(fetch(request));
      underWay.add(response);
      return response.finally(() => underWay.delete(response));
    });
  let server = listen(port);
  const bound = server.addr.port;

  /** Deno.serve ends if it cannot accept connections, for example without free file descriptors: listen again until it works. */
  const keepListening = (): void => void server.finished.then(undefined, again);
  const again = (): void => {
    if (stopping) return;
    try {
      server = listen(bound);
      keepListening();
    } catch {
      setTimeout(again, againMs);
    }
  };
  keepListening();

  /** Deno 2.9 aborts arriving bodies when it shuts down (denoland/deno#36809), so they are awaited first. */
  async function drain(): Promise<void> {
    while (underWay.size > 0) await Promise.allSettled(underWay);
    await server.shutdown();
  }

  /** Aborting a server that is shutting down throws (BadResource); the process ends connections still open after the grace period. */
  async function stop(graceMs: number): Promise<void> {
    stopping = true;
    let timer: number | undefined;
    const grace = new Promise<void>((resolve) => (timer = setTimeout(resolve, graceMs)));
    await Promise.race([drain(), grace]);
    clearTimeout(timer);
  }
  return { port: bound, stop };
};
