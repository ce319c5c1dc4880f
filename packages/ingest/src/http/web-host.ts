import type { Intake } from "../intake.js";
import { problemCodeOf } from "./problem.js";
import { checkHost } from "./check-host.js";
import { toResponse } from "./http-answer.js";
import { withBody } from "./read-body.js";
import { WebRequest } from "./web-request.js";

export type Fetch = (request: Request, server: WebServer) => Response | Promise<Response>;

/** Maximum body size for paths other than the message path, in bytes: the forms of the inbox. */
const maxFormBytes = 64 * 1024;

/** Behaviour of a server that web standards leave open. */
export interface WebServer {
  /** The address that the request came from. */
  readonly address?: string | undefined;
  /** Called with the size of each chunk that a body arrives in, in bytes. */
  readonly onChunk?: (bytes: number) => void;
  /**
   * Time in which the rest of a request is discarded before the app answers and closes the connection, in milliseconds.
   * Default 1000; 0 for a server that discards it by itself.
   */
  readonly lingerMs?: number;
  /**
   * Makes an answer the last one of its connection, because the request is incomplete. Default: adds the header
   * `connection: close`.
   * @param silent whether the body is still being read, as the sender does not go on
   */
  readonly endConnection?: (response: Response, silent: boolean) => Response;
  /** Closes the connection of a response that cannot be completed. Default: its body fails. */
  readonly breakOff?: () => void;
  /** Returns whether the client has closed its side of the connection. Default: only the signal of the request shows it. */
  readonly clientGone?: () => boolean;
}

/**
 * Answers web standard requests: the intake handles messages, and `pages` everything else. `pages` get a body only
 * after all of it has arrived, within the limits of the intake.
 */
export function webHost(intake: Intake, pages: Fetch) {
  return async (request: Request, server: WebServer = {}): Promise<Response> => {
    const { onChunk, lingerMs = 1000, endConnection = closing } = server;
    const inbound = new WebRequest(request, onChunk);
    const response = intake.serves(inbound.url)
      ? toResponse(await intake.handle(inbound))
      : await fetchPage(request, inbound, intake, (request) => pages(request, server));
    const { body } = inbound;
    if (body.ended) return response;
    // A sender that stalls has stopped writing.
    const silent = await body.discard(response.status === 408 ? 0 : lingerMs);
    return body.ended ? response : endConnection(response, silent);
  };
}

async function fetchPage(
  request: Request,
  inbound: WebRequest,
  intake: Intake,
  pages: (request: Request) => ReturnType<Fetch>,
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

function withBytes({ url, method, headers, signal }: Request, body: Uint8Array): Request {
  return new Request(url, { method, headers, signal, body: body as Uint8Array<ArrayBuffer> });
}

/** Returns the request with a body that fails with `error` as soon as it is read. */
function unreadable({ url, method, headers }: Request, error: unknown): Request {
  const body = new ReadableStream({ pull: (controller) => controller.error(error) });
  const init: RequestInit & { duplex: "half" } = { method, headers, body, duplex: "half" };
  return new Request(url, init);
}

function closing({ body, status, headers }: Response): Response {
  const changed = new Headers(headers);
  changed.set("connection", "close");
  return new Response(body, { status, headers: changed });
}
