// Sends the requests of a file, each once, over so many connections for so many seconds: what wrk.lua does, where there is
// no wrk. It takes several times the processor time, so servers seem slower and closer to each other.
import { closeSync, openSync, readSync } from "node:fs";
import process from "node:process";
import { Client } from "undici";
import { percentile } from "../statistics.ts";

const [url = "", path = "", ...numbers] = process.argv.slice(2);
const [connections = 1, seconds = 1, skip = 0] = numbers.map(Number);
const { origin, pathname } = new URL(url);

/** The requests of a file, one after the other; the last one again and again when they are used up. */
class Requests {
  #file = openSync(path, "r");
  #buffer = Buffer.alloc(0);
  #last = { headers: /** @type {string[]} */ ([]), body: Buffer.alloc(0) };

  next() {
    const bytes = this.#read();
    if (bytes === undefined) return this.#last;
    const end = bytes.indexOf("\r\n\r\n");
    const [, ...lines] = bytes.toString("latin1", 0, end).split("\r\n");
    const headers = lines.flatMap((line) => [
      line.slice(0, line.indexOf(":")),
      line.slice(line.indexOf(":") + 2),
    ]);
    this.#last = { headers, body: bytes.subarray(end + 4) };
    return this.#last;
  }

  /** The next request, after its length in eight digits. */
  #read() {
    if (!this.#has(8)) return undefined;
    const length = Number(this.#buffer.toString("latin1", 0, 8));
    if (!this.#has(8 + length)) return undefined;
    const request = this.#buffer.subarray(8, 8 + length);
    this.#buffer = this.#buffer.subarray(8 + length);
    return request;
  }

  /** @param {number} length */
  #has(length) {
    while (this.#buffer.length < length) {
      const chunk = Buffer.alloc(4_000_000);
      const read = readSync(this.#file, chunk);
      if (read === 0) return false;
      this.#buffer = Buffer.concat([this.#buffer, chunk.subarray(0, read)]);
    }
    return true;
  }

  close() {
    closeSync(this.#file);
  }
}

const requests = new Requests();
for (let i = 0; i < skip; i++) requests.next();
/** @type {number[]} */
const milliseconds = [];
let [refused, broken] = [0, 0];
const began = performance.now();
const end = began + seconds * 1000;

async function connection() {
  const client = new Client(origin, { headersTimeout: 30_000, bodyTimeout: 30_000 });
  while (performance.now() < end) {
    const { headers, body } = requests.next();
    const sent = performance.now();
    try {
      const answer = await client.request({ method: "POST", path: pathname, headers, body });
      await answer.body.dump();
      if (answer.statusCode >= 300) refused++;
    } catch {
      broken++;
    }
    milliseconds.push(performance.now() - sent);
  }
  await client.close();
}

await Promise.all(Array.from({ length: connections }, connection));
const microseconds = Math.round((performance.now() - began) * 1000);
requests.close();
const [p50, p99, p999] = [50, 99, 99.9].map((percent) =>
  Math.round(percentile(milliseconds, percent) * 1000),
);
console.log(
  `RESULT ${JSON.stringify({ requests: milliseconds.length, microseconds, p50, p99, p999, refused, broken })}`,
);
