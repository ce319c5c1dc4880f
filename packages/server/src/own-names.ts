import { isForwarded, isLoopbackName, problemOf, ReceiveError, toResponse } from "@sessionhook/ingest";
import type { App } from "@sessionhook/app";

type Fetch = App["fetch"];

/** Paths that monitoring requests without a token; their answers show nothing of the events. */
const health = /\/(?:healthz|readyz)$/;

/**
 * Guards a listener on a loopback address against web pages that reach it under another name which leads to this
 * machine (DNS rebinding): such a name is refused where the port is that of the listener, and on any port for a sign-in
 * that came by plain HTTP and through no proxy. Messages prove themselves and are taken under any name.
 * @param ownPort returns the port of the listener
 */
export function withOwnNames({ fetch, intake }: Pick<App, "fetch" | "intake">, ownPort: () => number): Fetch {
  return (request, server) => {
    const { host, hostname, port } = hostOf(request);
    // What DNS cannot give to another site: names of this machine, and addresses.
    if (host === "" || isLoopbackName(hostname) || /^(?:[\d.]+|\[.*\])$/.test(hostname))
      return fetch(request, server);
    if (intake.serves(request.url) || health.test(new URL(request.url).pathname))
      return fetch(request, server);
    const direct = Number(port === "" ? "80" : port) === ownPort();
    if (!direct && !isUnprotectedForm(request)) return fetch(request, server);
    return Promise.resolve(toResponse(problemOf(misdirected(host, direct))));
  };
}

function hostOf({ headers }: Request): Pick<URL, "host" | "hostname" | "port"> {
  const host = headers.get("host") ?? "";
  // What is not a host name is for the receiver to refuse.
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : { host: "", hostname: "", port: "" };
}

function isUnprotectedForm({ method, headers }: Request): boolean {
  const plain = headers.get("origin")?.startsWith("http:") ?? false;
  return method === "POST" && plain && !isForwarded((name) => headers.get(name) ?? undefined);
}

function misdirected(host: string, direct: boolean): ReceiveError {
  const advice = direct
    ? "use http://localhost with the port, or set HOST if others are to reach it"
    : "let the proxy in front use HTTPS or add X-Forwarded-For (nginx: proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;)";
  return new ReceiveError(
    "misdirected_request",
    `This app listens on a loopback address, and ${host} is not a name of it: another website could be behind that name. To reach the app, ${advice}`,
  );
}
