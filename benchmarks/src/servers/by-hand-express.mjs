// A hand-written receiver with Express 5, standardwebhooks and better-sqlite3: one insert and one sync per event.
import process from "node:process";
import express from "express";
import { Webhook } from "standardwebhooks";

const { default: Database } = await import(process.env.BETTER_SQLITE3);
const db = new Database("events.db");
db.pragma("journal_mode = WAL");
db.pragma("synchronous = FULL");
db.exec(
  "CREATE TABLE events (id TEXT PRIMARY KEY, type TEXT NOT NULL, received_at INTEGER NOT NULL, body TEXT NOT NULL)",
);
const insert = db.prepare("INSERT INTO events VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
const webhook = new Webhook(process.env.SECRET);

const app = express();
app.post("/webhooks", express.text({ type: "application/json", limit: "1mb" }), (request, response) => {
  let event;
  try {
    event = webhook.verify(request.body, request.headers);
  } catch {
    response.status(401).json({ status: "refused" });
    return;
  }
  const { changes } = insert.run(event.id, event.type, Date.now(), request.body);
  response.json({ status: changes === 1 ? "accepted" : "duplicate", id: event.id });
});
const server = app.listen(0, "127.0.0.1", () =>
  console.log(`http://127.0.0.1:${server.address().port}/webhooks`),
);
process.on("SIGTERM", () => {
  console.log(`taken ${db.prepare("SELECT count(*) AS rows FROM events").get().rows}`);
  process.exit(0);
});
