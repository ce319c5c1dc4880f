import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { unwrap } from "@sessionhook/core";

const ids = new Set();
createServer(async (request, response) => {
  const body = await buffer(request);
  try {
    unwrap(body, { headers: request.headers, secrets: process.env.BACKEND_SECRET });
    ids.add(request.headers["webhook-id"]);
    console.log(`${ids.size} events`);
    response.writeHead(204).end();
  } catch {
    response.writeHead(400).end();
  }
}).listen(3000, "127.0.0.1");
