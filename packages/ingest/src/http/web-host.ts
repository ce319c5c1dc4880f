import type { Intake } from "../intake.js";
import { problemCodeOf } from "./problem.js";
import { checkHost } from "./check-host.js";
import { toResponse } from "./http-answer.js";
import { withBody } from "./read-body.js";
import { WebRequest } from "./web-request.js";

export type Fetch = (request: Request) => Response | Promise<Response>;

/** Maximum body size for paths other than the message path, in bytes: the forms of the inbox. */
const maxFormBytes = 64 * 1024;

/** Time for which a rejected sender may continue to write before the response closes the connection, in milliseconds. */
const lingerMs = 1000;

/**
 * Answers web standard requests: the intake handles messages, and `pages` everything else. `pages` get a body only
 * after all of it has arrived, within the limits of the intake.
 */
export function webHost(intake: Intake, pages: Fetch): (request: Request) => Promise<Response> {
  return async (request) => {
    const inbound = new WebRequest(request);
    const response = intake.serves(inbound.url)
      ? toResponse(await intake.handle(inbound))
      : await fetchPage(request, inbound, intake, pages);
    return inbound.body.ended ? response : endConnection(inbound, response);
  };
}

async function fetchPage(
  request: Request,
  inbound: WebRequest,
  intake: Intake,
  pages: Fetch,
): Promise<Response> {
  try {
    checkHost(inbound);
    if (request.method !== "POST" || request.body === null) return await pages(request);
    const limits = { ...intake.limits, maxBodyBytes: maxFormBytes };
    return await withBody(inbound, limits, intake.budget(), async (body) => pages(withBytes(request, body)));
  } catch (error) {
    // An unknown path gets 404, whatever body is sent to it.
    if (problemCodeOf(error) === "payload_too_large") return pages(unreadable(request, error));
    return toResponse(intake.refuse(error));
  }
}

function withBytes({ url, method, headers }: Request, body: Uint8Array): Request {
  return new Request(url, { method, headers, body: body as Uint8Array<ArrayBuffer> });
}

/** Returns the request with a body that fails with `error` as soon as it is read. */
function unreadable({ url, method, headers }: Request, error: unknown): Request {
  const body = new ReadableStream({ pull: (controller) => controller.error(error) });
  const init: RequestInit & { duplex: "half" } = { method, headers, body, duplex: "half" };
  return new Request(url, init);
}

/** Closes the connection after the response to a request whose body was not read to its end. */
async function endConnection({ body }: WebRequest, response: Response): Promise<Response> {
  // A sender that stalls has stopped writing.
  await body.discard(response.status === 408 ? 0 : lingerMs);
  if (body.ended) return response;
  const headers = new Headers(response.headers);
  headers.set("connection", "close");
  return new Response(response.body, { status: response.status, headers });
}
