import type { Serve } from "@sessionhook/standalone";

/** Serves a fetch handler on Deno.serve. */
export const serveDeno: Serve = async (fetch, { hostname, port }) => {
  const abort = new AbortController();
  const server = Deno.serve(
    { hostname, port, signal: abort.signal, onListen: () => undefined },
    (request) => fetch(request),
  );
  return { port: server.addr.port, stop: (graceMs) => stop(server, abort, graceMs) };
};

async function stop(server: Deno.HttpServer<Deno.NetAddr>, abort: AbortController, graceMs: number): Promise<void> {
  const deadline = setTimeout(() => abort.abort(), graceMs);
  await server.shutdown();
  clearTimeout(deadline);
}
