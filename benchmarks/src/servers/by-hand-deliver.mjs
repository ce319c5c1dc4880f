// A hand-written receiver that also delivers: Express 5, standardwebhooks, better-sqlite3, and a loop with fetch that is woken by
// each insert. It retries every five seconds, forever, and has neither pacing nor a circuit breaker.
import process from "node:process";
import express from "express";
import { Webhook } from "standardwebhooks";

const { default: Database } = await import(process.env.BETTER_SQLITE3);
const { SECRET, DESTINATION_SECRET, DESTINATION_URL } = process.env;
const concurrency = 10;
const retryMs = 5000;
const db = new Database("events.db");
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
db.exec(`CREATE TABLE events (id TEXT PRIMARY KEY, body TEXT NOT NULL, due_at INTEGER);
  CREATE INDEX events_due ON events (due_at) WHERE due_at IS NOT NULL`);
const insert = db.prepare("INSERT INTO events VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
const due = db.prepare("SELECT id, body FROM events WHERE due_at <= ? ORDER BY due_at LIMIT 100");
const later = db.prepare("UPDATE events SET due_at = ? WHERE id = ?");
const [incoming, outgoing] = [new Webhook(SECRET), new Webhook(DESTINATION_SECRET)];

async function send({ id, body }) {
  const now = new Date();
  const headers = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": outgoing.sign(id, now, body),
  };
  try {
    const signal = AbortSignal.timeout(15_000);
    const response = await fetch(DESTINATION_URL, { method: "POST", headers, body, signal });
    await response.arrayBuffer();
    later.run(response.ok ? null : Date.now() + retryMs, id);
  } catch {
    later.run(Date.now() + retryMs, id);
  }
}

let running = false;
async function deliver() {
  if (running) return;
  running = true;
  for (let rows = due.all(Date.now()); rows.length > 0; rows = due.all(Date.now())) {
    const next = rows.values();
    const lane = async () => {
      for (const row of next) await send(row);
    };
    await Promise.all(Array.from({ length: concurrency }, lane));
  }
  running = false;
}
setInterval(deliver, 1000);

const app = express();
app.post("/webhooks", express.text({ type: () => true, limit: "1mb" }), (request, response) => {
  let event;
  try {
    event = incoming.verify(request.body, request.headers);
  } catch {
    response.status(401).json({ status: "refused" });
    return;
  }
  const { changes } = insert.run(event.id, request.body, Date.now());
  response.json({ status: changes === 1 ? "accepted" : "duplicate", id: event.id });
  void deliver();
});
const server = app.listen(0, "127.0.0.1", () =>
  console.log(`http://127.0.0.1:${server.address().port}/webhooks`),
);
process.on("SIGTERM", () => process.exit(0));
