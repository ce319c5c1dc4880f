import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { sign } from "@sessionhook/core";
import fc from "fast-check";
import { secret } from "../apps.ts";
import { exchange, patience } from "../exchange.ts";
import { ask } from "../http.ts";
import type { Scenario, Torture } from "../scenario.ts";
import { finish } from "../faults.ts";

const corpus = new URL("../../corpus/", import.meta.url);
/** Requests that once exposed a fault here or in other servers: smuggling, odd framing, hostile headers. */
const known = JSON.parse(readFileSync(new URL("http.json", corpus), "utf8")) as Record<string, string>;
const rounds = 12;
const together = 200;

type Mutation = readonly [kind: number, at: number, text: string];
const token = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    "\r\n",
    "\n",
    "\0",
    ": ",
    "chunked",
    "0\r\n\r\n",
    "Content-Length: 5\r\n",
    "-1",
    "HTTP/9.9",
    "\xff\xfe",
  ),
  fc.constantFrom(
    "Transfer-Encoding: chunked\r\n",
    "Expect: 100-continue\r\n",
    "Upgrade: websocket\r\n",
    "a".repeat(20_000),
  ),
);
const mutation: fc.Arbitrary<Mutation> = fc.tuple(
  fc.nat(4),
  fc.double({ min: 0, max: 1, noNaN: true }),
  token,
);

/** Signed requests with changed bytes, over raw sockets: no crash, no 5xx, no hang, and only genuine messages are stored. */
export const fuzzHttp: Scenario = {
  name: "fuzz HTTP",
  run: async (torture) => {
    // Longer than `patience`: an app that waits for the rest of a body counts as hung.
    const app = torture.process({ SESSIONHOOK_BODY_TIMEOUT_SECONDS: "300" });
    const origin = await app.start();
    const statuses = new Map<string, number>();
    const judge = async (request: Buffer, cut: number, genuine?: string) => {
      const answer = await exchange(origin, request, cut, genuine !== undefined);
      const problem =
        judgement(torture, request, answer, statuses) ??
        (genuine === undefined || torture.ledger.acknowledged.has(genuine)
          ? undefined
          : `not acknowledged, though genuine: ${answer?.slice(0, 200)}`);
      if (problem !== undefined)
        throw new Error(`${problem}: ${JSON.stringify(request.toString("latin1").slice(0, 400))}`);
    };
    for (const [name, text] of Object.entries(known)) {
      await judge(Buffer.from(text, "latin1"), text.length).catch((error: Error) =>
        torture.problems.push(`${name}: ${error.message}`),
      );
    }
    let genuine = 0;
    const property = fc.asyncProperty(
      fc.array(fc.tuple(fc.array(mutation, { maxLength: 4 }), fc.double({ min: 0, max: 1, noNaN: true })), {
        minLength: together,
        maxLength: together,
      }),
      async (requests) => {
        await Promise.all(
          requests.map(async ([mutations, cut]) => {
            const { id, valid } = validRequest(torture);
            const request = mutations.reduce(mutate, valid);
            const at = Math.floor(cut * request.length);
            if (!request.equals(valid)) return judge(request, at);
            genuine++;
            return judge(request, at, id);
          }),
        );
      },
    );
    const result = await fc.check(property, { numRuns: rounds, seed: torture.seed, endOnFailure: true });
    if (result.failed) {
      keep(String(result.errorInstance));
      torture.problems.push(String(result.errorInstance));
    }
    torture.check(genuine > 0, "none of the requests was left as it was: nothing shows that any arrived");
    torture.check((await ask(`${origin}/healthz`)).status === 200, "not alive afterwards");
    const load = torture.load(app, 4);
    await load.acknowledges(20);
    await finish(torture, app, load);
    const seen = [...statuses].toSorted().map(([status, count]) => `${status}: ${count}`);
    return `${rounds * together} requests, ${genuine} of them left genuine, and ${Object.keys(known).length} known ones (${seen.join(", ")})`;
  },
};

function validRequest(torture: Torture): { id: string; valid: Buffer } {
  const { id, body } = torture.next();
  torture.ledger.send(id, body);
  const headers = Object.entries(sign(body, { id, secret })).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST /webhooks HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n${headers.join("")}\r\n`;
  return { id, valid: Buffer.concat([Buffer.from(head), body]) };
}

/** Returns a position, mostly in the first kilobyte: request line, headers and the beginning of the body. */
function mutate(request: Buffer, [kind, where, text]: Mutation): Buffer {
  const at = Math.floor(where * Math.min(request.length, 700));
  const bytes = Buffer.from(text, "latin1");
  const tail = (skip: number) => request.subarray(at + skip);
  const head = request.subarray(0, at);
  if (kind === 0) return Buffer.concat([head, bytes, tail(bytes.length)]);
  if (kind === 1) return Buffer.concat([head, bytes, tail(0)]);
  if (kind === 2) return Buffer.concat([head, tail(bytes.length + 1)]);
  if (kind === 3) return Buffer.concat([request.subarray(0, at), tail(0), request.subarray(0, at)]);
  return head.length === 0 ? bytes : head;
}

/** Returns the fault of an answer, if any; counts the answer and records what it acknowledges. */
function judgement(
  torture: Torture,
  request: Buffer,
  answer: string | undefined,
  statuses: Map<string, number>,
): string | undefined {
  if (answer === undefined) return `no answer within ${patience} ms`;
  const all = [...answer.matchAll(/HTTP\/1\.[01] (\d{3})/g)].map(([, status]) => status ?? "");
  const first = all.at(0) ?? "closed";
  statuses.set(first, (statuses.get(first) ?? 0) + 1);
  for (const [, id = ""] of answer.matchAll(/"status":"\w+","id":"([^"]+)"/g)) {
    if (!torture.ledger.sent.has(id)) return `acknowledged ${id}, which nobody signed`;
    torture.ledger.acknowledge(id);
  }
  const broken = all.find(
    (status, i) => status >= "500" && !(status === "505" && isVersionFault(request, i)),
  );
  return broken === undefined ? undefined : `answered ${broken}`;
}

/**
 * Returns whether 505 is a valid answer: Bun answers it, and others 400, to a request line that is not HTTP/1. Text after
 * the first request of a connection is the rest of a body and has no request line.
 */
function isVersionFault(request: Buffer, answer: number): boolean {
  const [line = ""] = request.toString("latin1").split("\r\n", 1);
  return answer > 0 || !/^[\w!#$%&'*+.^`|~-]+ [\x21-\x7e]+ HTTP\/1\.[01]$/.test(line);
}

function keep(text: string): void {
  const name = createHash("sha1").update(text).digest("hex").slice(0, 12);
  mkdirSync(new URL("found/", corpus), { recursive: true });
  writeFileSync(new URL(`found/http-${name}.txt`, corpus), text);
}
