// The baseline on Bun and Deno: the runtime's bare server, which verifies, parses and stores nothing.
import { createHmac, createSecretKey, timingSafeEqual } from "node:crypto";
import process from "node:process";

const key = createSecretKey(Buffer.from(process.env.SECRET.slice("whsec_".length), "base64"));
let taken = 0;

async function answer(request) {
  const body = new Uint8Array(await request.arrayBuffer());
  const { headers } = request;
  const hmac = createHmac("sha256", key);
  hmac.update(`${headers.get("webhook-id")}.${headers.get("webhook-timestamp")}.`).update(body);
  const given = Buffer.from(String(headers.get("webhook-signature")).slice("v1,".length), "base64");
  const expected = hmac.digest();
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return new Response(null, { status: 401 });
  }
  const event = JSON.parse(new TextDecoder().decode(body));
  taken++;
  return new Response(`{"status":"accepted","id":"${event.id}"}`, {
    headers: { "content-type": "application/json" },
  });
}

const hostname = "127.0.0.1";
const say = (port) => console.log(`http://${hostname}:${port}/webhooks`);
if (typeof Bun === "undefined") {
  globalThis.Deno.serve({ hostname, port: 0, onListen: ({ port }) => say(port) }, answer);
} else {
  say(Bun.serve({ hostname, port: 0, fetch: answer }).port);
}
process.on("SIGTERM", () => {
  console.log(`taken ${taken}`);
  process.exit(0);
});
