import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The moment of a fault: before DynamoDB receives the request, after it was executed, or no answer at all. */
type Fault = "before" | "after" | "silence";

/** An HTTP proxy in front of dynalite that breaks requests on demand, for every kind of client. */
export class FaultyProxy {
  readonly #server = createServer((request, response) => void this.#pass(request, response));
  readonly #target: URL;
  #fault: { action: string; fault: Fault; left: number } | undefined;
  /** Sum of `ScannedCount` of all queries. */
  scanned = 0;

  constructor(target: string) {
    this.#target = new URL(target);
  }

  async listen(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Breaks the next `times` requests of an action, attempts counted one by one. */
  interfere(action: string, fault: Fault, times: number): void {
    this.#fault = { action, fault, left: times };
  }

  repair(): void {
    this.#fault = undefined;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const action = String(incoming.headers["x-amz-target"]).split(".").at(-1) ?? "";
    const broken = this.#fault?.action === action && this.#fault.left-- > 0 ? this.#fault.fault : undefined;
    const body = await bytesOf(incoming);
    if (broken === "before") return void incoming.socket.destroy();
    if (broken === "silence") return;
    const { hostname, port } = this.#target;
    const { method, url: path, headers } = incoming;
    const forwarded = request({ hostname, port, method, path, headers });
    forwarded.end(body);
    const [answer] = (await once(forwarded, "response")) as [IncomingMessage];
    const bytes = await bytesOf(answer);
    if (broken === "after") return void incoming.socket.destroy();
    if (action === "Query")
      this.scanned += (JSON.parse(bytes.toString()) as { ScannedCount?: number }).ScannedCount ?? 0;
    outgoing.writeHead(answer.statusCode ?? 0, answer.headers).end(bytes);
  }
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
