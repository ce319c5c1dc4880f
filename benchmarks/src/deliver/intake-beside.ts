import { join } from "node:path";
import { type LoadResult, sendLoad } from "../load/load.ts";
import { type RequestFile, writeRequests } from "../load/requests.ts";
import type { Runtime } from "../processes/contenders.ts";
import { withScratch } from "../processes/scratch.ts";
import { httpTo, startDelivering } from "./delivering-server.ts";
import { LocalSystem } from "./local-system.ts";

const connections = 64;

/** Entries of each list and characters of the text: evaluating the filter takes about 50 ms of one processor. */
const [entries, characters] = [94, 1000];
const list = `[${Array.from({ length: entries }, (_, i) => i % 10).join(",")}]`;
const text = "Ab".repeat(characters / 2);
const slowFilter = `${list}.all(a, ${list}.all(b, '${text}'.lowerAscii().size() >= a + b))`;

/** Further destinations: a handler that never returns, and a filter that takes 50 ms for each event. */
const handlers = `endless: { type: "code", handle: () => new Promise(() => {}) },
  filtered: { type: "code", when: ${JSON.stringify(slowFilter)}, handle: () => undefined },`;

/**
 * The rate of intake alone, and beside five destinations: a healthy, a hanging and a failing one, an endless handler, and one with
 * a slow filter. One pair per round.
 */
export async function measureIntake(
  runtime: Runtime,
  rounds: number,
  seconds: number,
): Promise<{ alone: LoadResult[]; beside: LoadResult[] }> {
  const systems = [
    await LocalSystem.start("healthy"),
    await LocalSystem.start("hanging"),
    await LocalSystem.start("failing"),
  ];
  const results = { alone: [] as LoadResult[], beside: [] as LoadResult[] };
  const destinations = Object.fromEntries(
    systems.map((system, i) => [`system${i}`, httpTo(system.url, { when: "pages.size() >= 0" })]),
  );
  await withScratch(async ({ memory }) => {
    for (let round = 0; round < rounds; round++) {
      const file = writeRequests(join(memory, "requests"), 15_000 * (seconds + 2), "full");
      results.alone.push(await intake(runtime, {}, file, seconds));
      results.beside.push(await intake(runtime, destinations, file, seconds, handlers));
    }
  });
  for (const system of systems) await system.stop();
  return results;
}

async function intake(
  runtime: Runtime,
  destinations: Readonly<Record<string, object>>,
  file: RequestFile,
  seconds: number,
  more = "",
): Promise<LoadResult> {
  const server = await startDelivering(runtime, destinations, { handlers: more });
  try {
    const warm = await sendLoad(server.url, file, { connections, seconds: 2, skip: 0 });
    return await sendLoad(server.url, file, { connections, seconds, skip: warm.requests + connections });
  } finally {
    await server.end("SIGKILL");
    server.removeFolder();
  }
}
