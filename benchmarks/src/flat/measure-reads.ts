import { Client } from "./client.ts";
import type { Events } from "./events.ts";
import { type Read, readsOf } from "./reads.ts";

/** An app that serves a store, and the events in that store. */
export interface Served {
  readonly origin: string;
  readonly events: Events;
}

export interface ReadTimes {
  readonly name: string;
  /** Milliseconds, one for each request. */
  readonly empty: number[];
  readonly stored: number[];
}

/** Times every read on both stores in turn, one request at a time; divides the `samples` of each into `rounds` parts. */
export async function measureReads(
  stores: { readonly empty: Served; readonly stored: Served },
  { samples, rounds }: { readonly samples: number; readonly rounds: number },
): Promise<ReadTimes[]> {
  const sides = { empty: await open(stores.empty), stored: await open(stores.stored) };
  const times = sides.stored.reads.map(({ name }): ReadTimes => ({ name, empty: [], stored: [] }));
  const part = Math.ceil(samples / rounds);
  try {
    for (const of of times)
      for (const side of ["empty", "stored"] as const) await sample(sides[side], of.name, [0, 20]);
    for (let round = 0; round < rounds; round++)
      for (const of of times)
        for (const side of ["empty", "stored"] as const)
          of[side].push(...(await sample(sides[side], of.name, [round * part, (round + 1) * part])));
  } finally {
    for (const { client } of Object.values(sides)) client.close();
  }
  return times;
}

interface Side {
  readonly client: Client;
  readonly reads: Read[];
}

async function open({ origin, events }: Served): Promise<Side> {
  const client = new Client(origin);
  await client.signIn();
  const { body } = await client.get("/api/events?limit=50");
  return { client, reads: readsOf(events, (JSON.parse(body) as { nextCursor: string }).nextCursor) };
}

async function sample(
  { client, reads }: Side,
  name: string,
  [from, to]: readonly [number, number],
): Promise<number[]> {
  const read = reads.find((one) => one.name === name);
  if (read === undefined) throw new Error(`Unknown read "${name}"`);
  const times: number[] = [];
  for (let i = from; i < to; i++) {
    const { ms, body } = await client.get(read.path(i));
    if (!read.expect(body)) throw new Error(`${name}: GET ${read.path(i)} returned ${body.slice(0, 200)}`);
    times.push(ms);
  }
  return times;
}
