import type { Serve } from "@sessionhook/standalone";

/** Serves a fetch handler on Deno.serve. */
export const serveDeno: Serve = async ({ fetch }, { hostname, port }) => {
  const underWay = new Set<Promise<Response>>();
  const abort = new AbortController();
  let stopping = false;

  const server = Deno.serve(
    { hostname, port, signal: abort.signal, onListen: () => undefined },
    (request) => {
      if (stopping)
        return new Response(null, { status: 503, headers: { "retry-after": "1", connection: "close" } });
      const response = Promise.resolve(fetch(request));
      underWay.add(response);
      return response.finally(() => underWay.delete(response));
    },
  );

  /** Deno 2.9 breaks off the bodies still arriving when it shuts down (denoland/deno#36809), so they come first. */
  async function stop(graceMs: number): Promise<void> {
    stopping = true;
    const deadline = setTimeout(() => abort.abort(), graceMs);
    abort.signal.addEventListener("abort", () => underWay.clear());
    while (underWay.size > 0) await Promise.race([server.finished, Promise.allSettled(underWay)]);
    await server.shutdown();
    clearTimeout(deadline);
  }
  return { port: server.addr.port, stop };
};
