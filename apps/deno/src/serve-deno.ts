import type { Serve } from "@sessionhook/standalone";
import { endConnection, onError } from "./end-connection.js";

/** How long to wait before listening again after the system let no more connections in, in milliseconds. */
const againMs = 250;

/** Serves a fetch handler on Deno.serve. */
export const serveDeno: Serve = async ({ fetch }, { hostname, port }) => {
  const underWay = new Set<Promise<Response>>();
  let stopping = false;

  const listen = (port: number) =>
    Deno.serve({ hostname, port, onListen: () => undefined, onError }, (request) => {
      if (stopping)
        return new Response(null, { status: 503, headers: { "retry-after": "1", connection: "close" } });
      const response = fetch(request, {
        endConnection: (answer, silent) => endConnection(request, answer, silent),
      });
      underWay.add(response);
      return response.finally(() => underWay.delete(response));
    });
  let server = listen(port);
  const bound = server.addr.port;

  /** Deno.serve ends for good when it cannot accept, as when file descriptors run out: listen again until it works. */
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

  /** Deno 2.9 breaks off the bodies still arriving when it shuts down (denoland/deno#36809), so they come first. */
  async function drain(): Promise<void> {
    while (underWay.size > 0) await Promise.allSettled(underWay);
    await server.shutdown();
  }

  /** Aborting a server that is shutting down throws (BadResource); what is open after the grace ends with the process. */
  async function stop(graceMs: number): Promise<void> {
    stopping = true;
    let timer: number | undefined;
    const grace = new Promise<void>((resolve) => (timer = setTimeout(resolve, graceMs)));
    await Promise.race([drain(), grace]);
    clearTimeout(timer);
  }
  return { port: bound, stop };
};
