import { expect } from "vitest";
import type { RuntimeCase } from "../case.js";
import { expectProblem, expectTaken } from "../expect-answer.js";

const event = '{"type":"other"}';

/** Headers and paths as senders and gateways write them. */
export const senderCases: readonly RuntimeCase[] = [
  ...["UTF-8", "utf8", "", "identity", "Identity, identity", "x", "none", "application/json"].map(
    (encoding): RuntimeCase => ({
      name: `content-encoding ${JSON.stringify(encoding)} is not a coding: accepted`,
      run: async (c) => {
        const id = c.id();
        await expectTaken(await c.send(id, event, { "content-encoding": encoding }), "unrecognized", id);
      },
    }),
  ),
  ...["x-gzip", "Zstd", "deflate", "compress", "utf-8, gzip", "gzip, identity", "aws-chunked"].map(
    (encoding): RuntimeCase => ({
      name: `content-encoding ${encoding} is rejected, also as one of several`,
      run: async (c) => {
        const answer = await c.send(c.id(), event, { "content-encoding": encoding });
        await expectProblem(answer, 415, "unsupported_content_encoding");
      },
    }),
  ),
  ...[", ", ","].map((separator): RuntimeCase => ({
    name: `signature headers that a gateway joined by ${JSON.stringify(separator)} are several signatures`,
    run: async (c) => {
      for (const position of [0, 1, 2]) {
        const id = c.id();
        const headers = c.sign(event, { id });
        const lines = ["v1,AAAA", "v1a,AAAA v2,x"];
        lines.splice(position, 0, headers["webhook-signature"] as string);
        const answer = await c.post(event, { ...headers, "webhook-signature": lines.join(separator) });
        await expectTaken(answer, "unrecognized", id);
      }
      const none = {
        ...c.sign(event, { id: c.id() }),
        "webhook-signature": ["v1,A", "v1,B"].join(separator),
      };
      await expectProblem(await c.post(event, none), 401, "signature_mismatch");
    },
  })),
  {
    name: "POST /: the method is not allowed, and the answer names the message path",
    run: async (c) => {
      const headers = c.sign(event, { id: c.id() });
      const answer = await c.target.fetch("/", { method: "POST", body: event, headers });
      expect(answer.headers.get("allow")).toBe("GET, HEAD");
      const { detail } = await expectProblem(answer, 405, "method_not_allowed");
      expect(detail).toContain("POST /webhooks");
    },
  },
  ...["/webhook", "/webhooks/x", "/hooks/webhooks", "/Webhooks"].map((path): RuntimeCase => ({
    name: `POST ${path}: not found, and the answer names the message path`,
    run: async (c) => {
      const headers = c.sign(event, { id: c.id() });
      const answer = await c.target.fetch(path, { method: "POST", body: event, headers });
      const { detail } = await expectProblem(answer, 404, "not_found");
      expect(detail).toContain("POST /webhooks");
    },
  })),
];
