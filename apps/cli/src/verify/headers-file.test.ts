import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { readHeaders } from "./headers-file.js";

const three = {
  "webhook-id": ["evt_1"],
  "webhook-timestamp": ["1771000000"],
  "webhook-signature": ["v1,aGk= v1a,eA=="],
};
const lines = ["Webhook-Id: evt_1", "webhook-timestamp:1771000000", "WEBHOOK-SIGNATURE:  v1,aGk= v1a,eA==\t"];
const pairs = Object.entries(three).map(([name, [value]]) => ({ name, value }));
const entry = (headers: unknown) => ({ request: { method: "POST", headers }, response: { headers: [] } });
const read = (text: string | Uint8Array) => readHeaders(Buffer.from(text as string), "headers.txt");

describe("a file of headers", () => {
  it.each([
    ["lines", lines.join("\n")],
    ["lines of Windows, with an empty one at the end", `${lines.join("\r\n")}\r\n\r\n`],
    ["a byte order mark", `\ufeff${lines.join("\n")}`],
    [
      "an HTTP request with its body",
      `POST /webhooks HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\nwebhook-id: evt_2\r\n`,
    ],
    [
      "the output of curl -v",
      `* Connected to localhost\n> POST /webhooks HTTP/1.1\n${lines.map((line) => `> ${line}`).join("\r\n")}\n>\n} [5 bytes data]\n< HTTP/1.1 401\n< webhook-id: evt_3\n`,
    ],
    [
      "a JSON object",
      JSON.stringify({
        "Webhook-Id": "evt_1",
        "webhook-timestamp": 1771000000,
        "webhook-signature": ["v1,aGk= v1a,eA=="],
      }),
    ],
    [
      "JSON within an event",
      JSON.stringify({
        headers: Object.fromEntries(pairs.map(({ name, value }) => [name, value])),
        body: "{}",
      }),
    ],
    ["a list of names and values", JSON.stringify(pairs)],
    ["a list of pairs", JSON.stringify(pairs.map(({ name, value }) => [name, value]))],
    ["rawHeaders", JSON.stringify(pairs.flatMap(({ name, value }) => [name, value]))],
    ["a HAR file", JSON.stringify({ log: { version: "1.2", entries: [entry([]), entry(pairs)] } })],
    ["one entry of a HAR file", JSON.stringify(entry(pairs))],
  ])("may contain %s", (_, text) => {
    expect(read(text)).toMatchObject(three);
  });

  it("may be in UTF-16", () => {
    const text = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(lines.join("\r\n"), "utf16le")]);
    expect(read(text)).toMatchObject(three);
  });

  it("may name a header more than once", () => {
    expect(read("webhook-signature: v1,a\nWebhook-Signature: v1,b\nwebhook-signature: v1,a")).toEqual({
      "webhook-signature": ["v1,a", "v1,b"],
    });
    expect(read('{"a":["x",2,null],"b":null,"c":{"d":1}}')).toEqual({ a: ["x", "2"] });
  });

  it.each([
    ["not JSON", /not JSON/],
    ["", /no line of it is a header/],
    ["{", /not JSON/],
    ["[1,2]", /list of pairs/],
    ["[]", /empty list/],
    ['{"log":{"entries":[]}}', /No request .* webhook-signature/],
    [JSON.stringify({ log: { entries: [entry(pairs), entry(pairs)] } }), /2 signed requests/],
  ])("may not be %s", (text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});
