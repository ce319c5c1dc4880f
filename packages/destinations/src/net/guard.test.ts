import { createServer } from "node:net";
import { HttpPeer, deliveryItem, noDeadline } from "@sessionhook/conformance/destination-suite";
import type { Outcome } from "@sessionhook/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Lookup } from "../driver.js";
import { drivers } from "../registry.js";
import { httpSchema } from "../http/config.js";
import { AddressError, Resolver } from "./resolver.js";

const runtime = "Bun" in globalThis ? "bun" : "Deno" in globalThis ? "deno" : "node";

let peer: HttpPeer;
let connections = 0;
const trap = createServer((socket) => {
  connections += 1;
  socket.destroy();
});

beforeAll(async () => {
  peer = await HttpPeer.listen();
  await new Promise<void>((resolve) => trap.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await peer.close();
  await new Promise((resolve) => trap.close(resolve));
});

interface SendOptions {
  readonly network?: "public" | "private";
  readonly lookup?: Lookup;
}

function create(url: string, { network = "public", lookup }: SendOptions = {}) {
  return drivers.http.create({ url, network }, { name: "guarded", folder: "/", now: Date.now, lookup });
}

async function sendTo(url: string, options: SendOptions = {}): Promise<Outcome> {
  const destination = await create(url, options);
  try {
    const [outcome] = await destination.send([deliveryItem()], noDeadline);
    return outcome as Outcome;
  } finally {
    await destination.close();
  }
}

const answering =
  (...addresses: string[]): Lookup =>
  async () =>
    addresses;

/** Every way to write an address of this machine, of a private network or of metadata in a URL. PORT is that of a trap. */
const refusedUrls = [
  "http://127.0.0.1:PORT/",
  "http://127.0.0.1.:PORT/",
  "http://127.1:PORT/",
  "http://127.0.1:PORT/",
  "http://2130706433:PORT/",
  "http://0x7f000001:PORT/",
  "http://0x7f.0.0.1:PORT/",
  "http://0x7f.1:PORT/",
  "http://0177.0.0.1:PORT/",
  "http://017700000001:PORT/",
  "http://0x7F.0x0.0x0.0x1:PORT/",
  "http://%31%32%37.0.0.1:PORT/",
  "http://１２７.０.０.１:PORT/",
  "http://①②⑦.⓪.⓪.①:PORT/",
  "http://127。0。0。1:PORT/",
  "http://0.0.0.0:PORT/",
  "http://0:PORT/",
  "http://[::1]:PORT/",
  "http://[0:0:0:0:0:0:0:1]:PORT/",
  "http://[::]:PORT/",
  "http://[::ffff:127.0.0.1]:PORT/",
  "http://[::ffff:7f00:1]:PORT/",
  "http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/",
  "http://[::127.0.0.1]:PORT/",
  "http://[2002:7f00:1::]:PORT/",
  "http://[64:ff9b::127.0.0.1]:PORT/",
  "http://[64:ff9b:1::7f00:1]:PORT/",
  "http://localhost:PORT/",
  "http://LOCALHOST:PORT/",
  "http://localhost.:PORT/",
  "http://foo.localhost:PORT/",
  "http://ｌocalhost:PORT/",
  "http://10.0.0.1/",
  "http://172.16.0.1/",
  "http://192.168.0.1/",
  "http://100.64.0.1/",
  "http://[fd00::1]/",
  "http://169.254.169.254/latest/meta-data/",
  "http://2852039166/latest/meta-data/",
  "http://0xa9fea9fe/",
  "http://[::ffff:169.254.169.254]/",
  "http://[fd00:ec2::254]/",
  "http://100.100.100.200/",
  "http://192.0.2.1/",
  "http://224.0.0.1/",
  "http://255.255.255.255/",
] as const;

/** URLs that cannot be written into the configuration at all. */
const invalidUrls = [
  "http://good.example@127.0.0.1/",
  "http://user:pass@example.com/",
  "http://127.0.0.1@example.com/",
  "http://[fe80::1%25eth0]/",
  "http://[fe80::1%eth0]/",
  "http://127.0.0.1:99999/",
  "http://256.0.0.1/",
  "http://127.0.0.1%00.example.com/",
  "file:///etc/passwd",
  "gopher://127.0.0.1/",
  "ftp://example.com/",
  "data:text/plain,x",
  "javascript:alert(1)",
  "//example.com/",
  "http://",
  "http://exa mple.com/",
  " http://example.com/",
];

/** Answers of a resolver for a harmless name. They are resolved, never connected to. */
const refusedAnswers = [
  ["127.0.0.1"],
  ["10.1.2.3"],
  ["::ffff:10.1.2.3"],
  ["::127.0.0.1"],
  ["64:ff9b::7f00:1"],
  ["2002:7f00:1::"],
  ["fe80::1%lo"],
  ["93.184.215.14", "127.0.0.1"],
  ["127.0.0.1", "93.184.215.14"],
  ["2606:4700:4700::1111", "fd00::1"],
  ["not an address"],
]
  .map((addresses) => ({ addresses, network: "public" as "public" | "private" }))
  .concat(
    [["127.0.0.1", "169.254.169.254"], ["0.0.0.0"], ["224.0.0.1"]].map((addresses) => ({
      addresses,
      network: "private",
    })),
  );

const metadataAddresses = [
  "169.254.169.254",
  "::ffff:a9fe:a9fe",
  "fd00:ec2::254",
  "100.100.100.200",
  "168.63.129.16",
];

describe(`the address guard on ${runtime}`, () => {
  it.each(refusedUrls)("refuses %s", async (url) => {
    const there = url.replace("PORT", String((trap.address() as { port: number }).port));
    expect(httpSchema.safeParse({ url: there }).success).toBe(true);
    // Only to this machine is anything sent when the guard is broken.
    const attempt = url === there ? create(there) : sendTo(there);
    await expect(attempt).rejects.toMatchObject({ code: "invalid_option" });
    expect(connections).toBe(0);
  });

  it.each(invalidUrls)("takes %j for no URL", (url) => {
    const result = httpSchema.safeParse({ url });
    expect(result.success).toBe(false);
    expect(result.error?.issues[0]?.message).not.toContain("127.0.0.1");
  });

  it.each(refusedAnswers)("refuses a name with the addresses %j", async ({ addresses, network }) => {
    const resolver = new Resolver("hooks.example.test", network, Date.now, async () => addresses);
    await expect(resolver.addresses()).rejects.toBeInstanceOf(AddressError);
  });

  it.each(["127.0.0.1", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1", "0.0.0.0"])(
    "sends nothing to a name with the address %s",
    async (address) => {
      const url = `http://hooks.example.test:${(trap.address() as { port: number }).port}/`;
      expect(await sendTo(url, { lookup: async () => [address] })).toEqual({
        outcome: "blocked",
        reason: { code: address === "0.0.0.0" ? "address_reserved" : "address_not_allowed" },
      });
      expect(connections).toBe(0);
    },
  );

  it.each(metadataAddresses)("refuses the metadata address %s also in private networks", async (address) => {
    const resolver = new Resolver("hooks.example.test", "private", Date.now, async () => [address]);
    await expect(resolver.addresses()).rejects.toMatchObject({ problem: "metadata_address" });
    const literal = address.includes(":") ? `[${address}]` : address;
    await expect(create(`http://${literal}/`, { network: "private" })).rejects.toMatchObject({
      message: "url: has an address that events are never sent to",
    });
  });

  it("connects to the address it has checked, with the name in Host", async () => {
    const lookup = answering("127.0.0.1");
    const url = `http://hooks.example.test.:${peer.port}/a?b=c`;
    expect(await sendTo(url, { network: "private", lookup })).toEqual({ outcome: "delivered" });
    const request = peer.requests.at(-1);
    expect(request?.headers.host).toBe(`hooks.example.test:${peer.port}`);
    expect(request?.url).toBe("/a?b=c");
  });

  it("asks a resolver that changes its answer once", async () => {
    let asked = 0;
    const lookup: Lookup = async () => {
      asked += 1;
      return asked === 1 ? ["127.0.0.1"] : ["0.0.0.0"];
    };
    const url = `http://rebinding.example.test:${peer.port}/`;
    let now = 1_000_000;
    const context = { name: "guarded", folder: "/", now: () => now, lookup };
    const destination = await drivers.http.create({ url, network: "private" }, context);
    const send = async () => (await destination.send([deliveryItem()], noDeadline))[0];
    expect(await send()).toEqual({ outcome: "delivered" });
    expect(await send()).toEqual({ outcome: "delivered" });
    expect(asked).toBe(1);
    now += 60_000;
    expect(await send()).toEqual({ outcome: "blocked", reason: { code: "address_reserved" } });
    await destination.close();
  });

  it("tries the next address when nothing listens at the first", async () => {
    const lookup = answering("127.0.0.2", "127.0.0.1");
    const url = `http://hooks.example.test:${peer.port}/`;
    expect(await sendTo(url, { network: "private", lookup })).toEqual({ outcome: "delivered" });
  });

  it.each([301, 302, 303, 307, 308])("does not follow a redirect %i to a private address", async (status) => {
    const before = connections;
    peer.answer = (_, response) => {
      const { port } = trap.address() as { port: number };
      response.writeHead(status, { location: `http://127.0.0.1:${port}/` }).end();
    };
    try {
      const url = `${peer.origin}/`;
      expect(await sendTo(url, { network: "private" })).toMatchObject({
        outcome: "retry",
        reason: { code: `http_${status}`, status },
      });
      expect(connections).toBe(before);
    } finally {
      peer.answer = undefined;
    }
  });

  it("reports names that cannot be resolved", async () => {
    const failing = (code: string) => async () => {
      throw Object.assign(new Error(`getaddrinfo ${code} secret.example.test`), { code });
    };
    const url = "http://secret.example.test/";
    const missing = await sendTo(url, { lookup: failing("ENOTFOUND") });
    expect(missing).toEqual({ outcome: "retry", reason: { code: "dns_not_found" } });
    const down = await sendTo(url, { lookup: failing("EAI_AGAIN") });
    expect(down).toEqual({ outcome: "retry", reason: { code: "dns_failed" } });
    const empty = await sendTo(url, { lookup: answering() });
    expect(empty).toEqual({ outcome: "retry", reason: { code: "dns_not_found" } });
  });

  it("uses the resolver of the system", async () => {
    const outcome = await sendTo("http://does-not-exist.invalid/");
    expect(outcome).toMatchObject({ outcome: "retry", reason: { code: expect.stringMatching(/^dns_/) } });
    expect(await sendTo(`http://localhost:${peer.port}/`, { network: "private" })).toEqual({
      outcome: "delivered",
    });
  });
});
