import { problemResponse } from "@sessionhook/receiver";

type Fetch = (request: Request) => Response | Promise<Response>;

/**
 * Answers 400 to a Host that is not a host name, and gives a request without Host (HTTP/1.0, as health checks send it)
 * a URL. The runtimes make the URL of a request from its Host header, whatever that is.
 */
export function withUsableUrl(fetch: Fetch): Fetch {
  return (request) => {
    const host = request.headers.get("host") ?? "";
    if (/[\s/?#@\\]/.test(host)) return invalidHost();
    if (URL.canParse(request.url)) return fetch(request);
    // Bun gives the path alone where there is no Host.
    return host === "" && request.url.startsWith("/")
      ? fetch(new Request(`http://localhost${request.url}`, request))
      : invalidHost();
  };
}

function invalidHost(): Response {
  return problemResponse("malformed_request", "The Host header is not a host name");
}
