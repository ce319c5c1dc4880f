import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { sign } from "@sessionhook/core";
import { bodyPool } from "../load/requests.ts";
import { type ServerCommand, ServerProcess } from "../processes/server-process.ts";
import { secret } from "../secret.ts";
import { median } from "@sessionhook/testkit";
import { eventId } from "./ids.ts";

const times = 5;

/** Measures how long the app takes to listen again on its folder after a clean stop and after a kill under load. */
export async function measureRestarts(command: ServerCommand, folder: string, seed: number): Promise<string> {
  const after = { SIGTERM: [] as number[], SIGKILL: [] as number[] };
  for (let i = 0; i < times; i++)
    for (const signal of ["SIGTERM", "SIGKILL"] as const) {
      const before = await ServerProcess.start(command, folder);
      await deliver(before.url, 1500, 2_000_000_000 + seed + 10_000 * i);
      await before.end(signal);
      const again = await ServerProcess.start(command, folder);
      after[signal].push(again.listeningAfter);
      await again.end();
    }
  const shown = (all: readonly number[]) =>
    `${median(all).toFixed(0)} ms (max. ${Math.max(...all).toFixed(0)})`;
  return `Time until the app listens again: ${shown(after.SIGTERM)} after a clean stop, ${shown(after.SIGKILL)} after kill -9 with a write-ahead log to recover.`;
}

/** Sends messages over 16 connections, so that the write-ahead log is not empty. */
async function deliver(url: string, count: number, number: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const bodies = bodyPool("full");
  const one = async (i: number) => {
    const id = eventId(Date.now(), number + i);
    const body = (bodies[i % bodies.length] as string).replace(/evt_[0-9A-Za-z]{26}/, id);
    const sent = request(url, { method: "POST", agent, headers: { ...sign(body, { id, secret }) } });
    sent.end(body);
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    response.resume();
    if (response.statusCode !== 200)
      throw new Error(`The app answered a message with ${response.statusCode}`);
    await once(response, "end");
  };
  await Promise.all(Array.from({ length: count }, (_, i) => one(i)));
  agent.destroy();
}
