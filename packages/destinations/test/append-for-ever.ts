import { writeSync } from "node:fs";
import process from "node:process";
import type { DeliveryItem } from "@sessionhook/core";
import { createFiles } from "../src/files/files-destination.js";

// Sends batch after batch to files and prints the number of each once it is delivered.
const [folder = "", round = ""] = process.argv.slice(2);
const destination = createFiles(
  { path: folder, maxBytes: 20_000 },
  { name: "archive", folder: "/", now: Date.now },
);
const encoder = new TextEncoder();

function itemOf(id: string): DeliveryItem {
  const raw = encoder.encode(JSON.stringify({ id, text: crypto.randomUUID().repeat(20) }));
  return {
    deliveryId: id,
    attempt: 1,
    replay: null,
    facts: undefined,
    event: {
      id,
      version: 1,
      type: "identity.session.finalized",
      status: "accepted",
      issues: [],
      total: 0,
      exact: true,
      receivedAt: 0,
      attemptTimestamp: 0,
      size: raw.length,
      duplicates: 0,
      position: id,
      raw,
      signature: "",
    },
  };
}

for (let number = 0; ; number += 1) {
  const items = Array.from({ length: 10 }, (_, index) => itemOf(`${round}-${number}-${index}`));
  const context = { signal: new AbortController().signal, now: Date.now };
  const outcomes = await destination.send(items, context);
  if (outcomes.every(({ outcome }) => outcome === "delivered")) writeSync(1, `${number}\n`);
  else writeSync(1, `failed ${JSON.stringify(outcomes)}\n`);
}
