import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** The moment of a fault: before DynamoDB receives the request, after it was executed, or no answer at all. */
type Fault = "before" | "after" | "silence";

/** An HTTP proxy in front of dynalite that breaks requests on demand, for every kind of client. */
export class FaultyProxy {
  readonly #server = createServer((request, response) => void this.#pass(request, response));
  readonly #target: URL;
  #fault: { action: string; fault: Fault; left: number; text: string } | undefined;
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

  /** Breaks the next `times` requests of an action whose body contains the text, attempts counted one by one. */
  interfere(action: string, fault: Fault, times: number, text = ""): void {
    this.#fault = { action, fault, left: times, text };
  }

  repair(): void {
    this.#fault = undefined;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, "close");
  }

  #faultFor(action: string, body: Buffer): Fault | undefined {
    if (this.#fault?.action !== action || !body.includes(this.#fault.text)) return undefined;
    return this.#fault.left-- > 0 ? this.#fault.fault : undefined;
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const action = String(incoming.headers["x-amz-target"]).split(".").at(-1) ?? "";
    const body = await bytesOf(incoming);
    const broken = this.#faultFor(action, body);
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
