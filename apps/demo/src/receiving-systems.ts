import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The CRM does not answer properly for `outageMs` of each `periodMs`. */
const periodMs = 150_000;
const outageMs = 20_000;

const hash = (text: string) => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);

/** Returns how the CRM answers an event: usually 200, sometimes 503, and always 422 for a few events. */
function answerOf(id: string, running: number): { status: number; text: string } {
  if (hash(id) % 23 === 0) return { status: 422, text: "The field region is not configured" };
  if (running % periodMs > periodMs - outageMs || Math.random() < 0.05)
    return { status: 503, text: "Maintenance, back in a moment" };
  return { status: 200, text: "ok" };
}

/**
 * Starts the systems that get the events of the demo, on a free port of this machine: `/crm`, which fails sometimes, and
 * `/sales`, which does not. Returns their origin.
 */
export async function startReceivingSystems(): Promise<string> {
  const began = performance.now();
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      const id = String(request.headers["webhook-id"]);
      const { status, text } =
        request.url === "/crm" ? answerOf(id, performance.now() - began) : { status: 200, text: "ok" };
      // As long as a system over the network takes.
      setTimeout(() => response.writeHead(status).end(text), 20 + Math.random() * 180);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Returns the destinations of the demo as a configuration file. */
export function destinationsOf(origin: string, archive: string): object {
  return {
    destinations: {
      crm: {
        type: "http",
        url: `${origin}/crm`,
        network: "private",
        skip: ["bots", "no-person"],
        retry: { schedule: ["3 s", "10 s", "30 s"] },
      },
      sales: {
        type: "http",
        url: `${origin}/sales`,
        network: "private",
        types: ["identity.session.finalized"],
        skip: ["bots", "corporate-proxies", "freemail", "no-person"],
        when: "has(company.employeeCount) && company.employeeCount >= 50 && pages.exists(p, p.like('/pricing*'))",
        cooldown: { per: "person", for: "24h" },
      },
      archive: { type: "files", path: archive },
    },
  };
}
