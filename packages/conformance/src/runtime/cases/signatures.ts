import type { RuntimeCase } from "../case.js";
import type { RuntimeContext } from "../context.js";
import { expectProblem, expectTaken } from "../expect-answer.js";

const body = '{"type":"other"}';
const signed = (c: RuntimeContext, id = c.id()) => c.sign(body, { id });
const seconds = () => Math.floor(Date.now() / 1000);

/** Returns a case with one altered header and the expected problem. */
function altered(
  name: string,
  change: (headers: Record<string, string>, c: RuntimeContext) => void,
  status: number,
  code: string,
): RuntimeCase {
  return {
    name,
    run: async (c) => {
      const headers = signed(c);
      change(headers, c);
      await expectProblem(await c.post(body, headers), status, code);
    },
  };
}

/** Returns the signed headers under other names. */
function renamed(c: RuntimeContext, id: string, rename: (name: string) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(c.sign(body, { id })).map(([name, value]) => [rename(name), value]),
  );
}

/** Genuine messages, and messages that are not. */
export const signatureCases: readonly RuntimeCase[] = [
  ...["webhook-id", "webhook-timestamp", "webhook-signature"].flatMap((name) => [
    altered(`without ${name}`, (headers) => delete headers[name], 400, "missing_header"),
    altered(`with an empty ${name}`, (headers) => (headers[name] = ""), 400, "missing_header"),
  ]),
  ...["soon", "1.5", "-1", "+1", "0x10", "1e9", "01", "9".repeat(20)].map((text) =>
    altered(`timestamp ${text}`, (headers) => (headers["webhook-timestamp"] = text), 400, "malformed_header"),
  ),
  ...[
    ["a dot", "a.b"],
    ["a space", "a b"],
    ["257 characters", "x".repeat(257)],
  ].map(([what, id]) =>
    altered(`id with ${what}`, (headers) => (headers["webhook-id"] = id as string), 400, "malformed_header"),
  ),
  altered(
    "id with a byte outside ASCII",
    (headers) => (headers["webhook-id"] = "caf\u00e9"),
    400,
    "malformed_header",
  ),
  altered(
    "sixty-five signatures",
    (headers) => (headers["webhook-signature"] = Array(65).fill("v1,AAAA").join(" ")),
    400,
    "malformed_header",
  ),
  altered(
    "no signature of a known version",
    (headers) => (headers["webhook-signature"] = "v9,AAAA"),
    401,
    "signature_mismatch",
  ),
  altered(
    "a signature cut short",
    (headers) => (headers["webhook-signature"] = headers["webhook-signature"]?.slice(0, -1) as string),
    401,
    "signature_mismatch",
  ),
  altered(
    "a signature without padding",
    (headers) => (headers["webhook-signature"] = headers["webhook-signature"]?.replace(/=$/, "") as string),
    401,
    "signature_mismatch",
  ),
  altered(
    "the id of another message",
    (headers, c) => (headers["webhook-id"] = c.id()),
    401,
    "signature_mismatch",
  ),
  altered(
    "the timestamp of another attempt",
    (headers) => (headers["webhook-timestamp"] = String(seconds() - 7)),
    401,
    "signature_mismatch",
  ),
  {
    name: "a body changed by one byte",
    run: async (c) => {
      await expectProblem(await c.post(`${body} `, signed(c)), 401, "signature_mismatch");
    },
  },
  {
    name: "a secret that is not configured",
    run: async (c) => {
      const headers = c.sign(body, {
        id: c.id(),
        secret: "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
      });
      await expectProblem(await c.post(body, headers), 401, "signature_mismatch");
    },
  },
  {
    name: "an attempt of 360 seconds ago",
    run: async (c) => {
      await expectProblem(
        await c.post(body, c.sign(body, { id: c.id(), timestamp: seconds() - 360 })),
        401,
        "timestamp_too_old",
      );
    },
  },
  {
    name: "an attempt 360 seconds ahead",
    run: async (c) => {
      await expectProblem(
        await c.post(body, c.sign(body, { id: c.id(), timestamp: seconds() + 360 })),
        401,
        "timestamp_too_new",
      );
    },
  },
  {
    name: "an attempt of 240 seconds ago is accepted",
    run: async (c) => {
      const id = c.id();
      await expectTaken(
        await c.post(body, c.sign(body, { id, timestamp: seconds() - 240 })),
        "unrecognized",
        id,
      );
    },
  },
  {
    name: "the second configured secret is accepted (rotation)",
    run: async (c) => {
      const id = c.id();
      await expectTaken(
        await c.post(body, c.sign(body, { id, secret: c.target.secrets[1] })),
        "unrecognized",
        id,
      );
    },
  },
  {
    name: "one valid signature among others is enough",
    run: async (c) => {
      const id = c.id();
      const headers = c.sign(body, { id });
      headers["webhook-signature"] = `v1,AAAA v1a,BBBB v2,CC ${headers["webhook-signature"]}`;
      await expectTaken(await c.post(body, headers), "unrecognized", id);
    },
  },
  {
    name: "a secret used undecoded is accepted",
    run: async (c) => {
      const id = c.id();
      await expectTaken(await c.post(body, c.sign(body, { id, secretEncoding: "utf8" })), "unrecognized", id);
    },
  },
  {
    name: "the svix- header names are accepted",
    run: async (c) => {
      const id = c.id();
      await expectTaken(
        await c.post(
          body,
          renamed(c, id, (name) => name.replace("webhook-", "svix-")),
        ),
        "unrecognized",
        id,
      );
    },
  },
  {
    name: "header names in any case are accepted",
    run: async (c) => {
      const id = c.id();
      await expectTaken(
        await c.post(
          body,
          renamed(c, id, (name) => name.toUpperCase()),
        ),
        "unrecognized",
        id,
      );
    },
  },
  {
    name: "an id of 256 characters is accepted",
    run: async (c) => {
      const id = c.id().padEnd(256, "x");
      await expectTaken(await c.send(id, body), "unrecognized", id);
    },
  },
  {
    name: "an id with quotes, slashes and percent signs is accepted and found again",
    run: async (c) => {
      const id = `${c.id()}'";--/%2f%00\\`;
      await expectTaken(await c.send(id, body), "unrecognized", id);
      if ((await c.stored(id))?.["id"] !== id) throw new Error("not found again");
    },
  },
];
