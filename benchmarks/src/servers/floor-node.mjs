// The baseline on Node: a bare node:http server that verifies, parses and stores nothing.
import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import process from "node:process";

const key = createSecretKey(Buffer.from(process.env.SECRET.slice("whsec_".length), "base64"));
let taken = 0;
let latest;

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    const { headers } = request;
    const hmac = createHmac("sha256", key);
    hmac.update(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.`).update(body);
    const given = Buffer.from(String(headers["webhook-signature"]).slice("v1,".length), "base64");
    const expected = hmac.digest();
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      response.writeHead(401);
      response.end();
      return;
    }
    latest = JSON.parse(body.toString("utf8"));
    taken++;
    response.writeHead(200, { "content-type": "application/json" });
    response.end(`{"status":"accepted","id":"${latest.id}"}`);
  });
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/webhooks`));
process.on("SIGTERM", () => {
  console.log(`taken ${taken}`);
  process.exit(0);
});
