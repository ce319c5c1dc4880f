import { writeFileSync } from "node:fs";
import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it, onTestFinished } from "vitest";
import { HttpPeer, type PeerRequest } from "../destination/http-peer.js";
import { type AppCommand, type AppProcess, adminToken, secret } from "./app-process.js";
import { personalData, personalEvent } from "./personal-event.js";
import { useApps } from "./use-apps.js";

/** Texts without a shape that would give them away, each in its own place. */
const planted = {
  path: "path-canary-4711",
  query: "query-canary-0815",
  password: "password-canary-99",
  apiKey: "apikey-canary-31",
  header: "header-canary-62",
  signing: "whsec_c2lnbmluZy1jYW5hcnktMDEyMzQ1Njc4OWFiY2RlZg==",
  email: "owner.canary@tenant.example",
} as const;
const basic = Buffer.from(`hooks:${planted.password}`).toString("base64");
const decodedSecret = Buffer.from(planted.signing.slice("whsec_".length), "base64").toString();

/** Failures of the other system, each a destination. */
const failures = ["500", "400", "429", "410", "503", "302", "cut", "reset", "hang"] as const;
const events = 12;
// On busy processors the delivery thread waits for its neighbours.
const soon = { timeout: 90_000, interval: 200 };

const config = `
const to = (how) => ({
  type: "http",
  url: { env: "URL_" + how },
  secret: { env: "SIGNING" },
  headers: {
    authorization: { env: "AUTHORIZATION" },
    "x-api-key": { env: "API_KEY" },
    "x-team": ${JSON.stringify(planted.header)},
    "x-owner": ${JSON.stringify(planted.email)},
  },
  network: "private",
  // Long enough for a busy machine: what timed out shows no answer.
  timeout: how === "hang" ? "500 ms" : "10 s",
  retry: { schedule: ["100 ms", "100 ms", "1 h"] },
});
const text = (event) => JSON.stringify(event) + ${JSON.stringify(Object.values(planted).join(" "))};
export default {
  destinations: {
    ...Object.fromEntries(${JSON.stringify(failures)}.map((how) => ["http-" + how, to(how)])),
    slack: { type: "slack", url: { env: "URL_404" }, network: "private", format: "slack" },
    code: { type: "code", handle: (event) => { throw new Error(text(event), { cause: text(event) }); } },
    text: { type: "code", handle: (event) => { throw text(event); } },
    filter: { type: "files", path: "data/files", when: "int(person.email) > 1" },
    files: { type: "files", path: "data/sessionhook.db/archive" },
    unreachable: { ...to("500"), url: { env: "URL_UNREACHABLE" } },
  },
};
`;

/** Answers with everything it knows, in the forms that real error pages show. */
function answer({ url, headers, body }: PeerRequest, response: ServerResponse, turn: number): void {
  const how = /(\w+)\?/.exec(url)?.[1] ?? "";
  if (how === "hang") return;
  if (how === "reset") return void response.socket?.resetAndDestroy();
  const echoes = echoesOf(url, headers, body.toString());
  const at = turn % echoes.length;
  const text = [...echoes.slice(at), ...echoes.slice(0, at)].join("\n");
  const told = { location: `http://127.0.0.1:1${url}&email=${planted.email}`, "x-echo": planted.query };
  if (how === "cut") {
    response.writeHead(500, { ...told, "content-length": 1_000_000 }).write(text);
    setTimeout(() => response.destroy(), 50);
  } else {
    const wait = how === "429" || how === "503" ? { "retry-after": "1" } : {};
    response.writeHead(Number(how), `No ${planted.query}`, { ...told, ...wait }).end(text);
  }
}

/** Parts of echoes that no mask changes; each excerpt has at least one. */
const echoed = /no user hooks|cannot POST|duplicate |, signed /;

function echoesOf(url: string, headers: IncomingHttpHeaders, body: string): string[] {
  const email = "zoe.unal@acme.example";
  const person = [
    `cannot POST ${url}`,
    `duplicate ${email} ${email.toUpperCase()} ${encodeURIComponent(email)}, ask ${planted.email}`,
    // The event of a test is about another person.
    ...(body.includes("Ünal") ? [`Zoë Ünal, ${encodeURIComponent("Zoë")} from Köln, 203.0.113.7`] : []),
    body,
  ];
  const { authorization, "webhook-signature": signature } = headers;
  // Slack gets no headers, and knows of no secret but its URL.
  if (authorization === undefined) return person;
  const user = Buffer.from(authorization.slice("Basic ".length), "base64").toString();
  return [
    `no user ${user.replace(":", " with password ")}`,
    `http://${user}@127.0.0.1${url}`,
    JSON.stringify({ url, authorization, key: headers["x-api-key"] }),
    `team ${planted.header.toUpperCase()}, signed ${String(signature)}, ${String(signature).slice(3)}`,
    `secret ${planted.signing} or ${decodedSecret}`,
    ...person,
  ];
}

/** Tests that no secret and nothing about a person gets from a failed delivery to where operators look. */
export function describeCanaries(command: AppCommand): void {
  const make = useApps(command);

  it("failed deliveries show no secret and no personal data", { timeout: 180_000 }, async () => {
    const peer = await HttpPeer.listen();
    onTestFinished(() => peer.close());
    peer.answer = (request, response) => answer(request, response, peer.requests.length);
    const urls = [...failures, "404"].map(
      (how) => [`URL_${how}`, `${peer.origin}/${planted.path}/${how}?key=${planted.query}`] as const,
    );
    const app = make({
      ...Object.fromEntries(urls),
      URL_UNREACHABLE: `http://127.0.0.1:1/${planted.path}?key=${planted.query}#${peer.origin.length}`,
      LOG_LEVEL: "debug",
      SIGNING: planted.signing,
      AUTHORIZATION: `Basic ${basic}`,
      API_KEY: planted.apiKey,
      SESSIONHOOK_CONFIG: "sessionhook.config.js",
    });
    writeFileSync(join(app.folder, "sessionhook.config.js"), config);
    await app.start();
    for (let i = 0; i < events; i++)
      expect((await app.send(`evt_canary_${i}`, JSON.stringify(personalEvent))).status).toBe(200);

    const { destinations } = (await app.json("/destinations")) as { destinations: { name: string }[] };
    const names = destinations.map(({ name }) => name);
    expect(names).toHaveLength(failures.length + 6);
    await expect.poll(() => withoutReason(app, names), soon).toEqual([]);
    // The echoes are shown, masked: otherwise their absence would prove nothing. Which of them depends on the order of the requests.
    const excerpts = (await shownBy(app, names)).filter(([, text]) => echoed.test(text));
    expect(excerpts.map(([where]) => where)).toContain("/api/deliveries");

    const stored = rowsOf(join(app.folder, "data", "sessionhook.db"));
    expect(stored).toContain("http_500");
    const places = [...(await shownBy(app, names)), ["the log", app.output], ["the tables", stored]] as const;
    const secrets = [...Object.values(planted), basic, decodedSecret, secret, adminToken];
    const forbidden = [...secrets, planted.signing.slice("whsec_".length), ...personalData()];
    expect(places.flatMap(([where, text]) => leaksOf(where, text, forbidden))).toEqual([]);
    expect(await app.end("SIGTERM")).toBe(0);
  });

  it("a URL with user name and password stops the start, and is not shown", async () => {
    const app = make({ URL_500: `https://hooks:${planted.password}@api.example.com/${planted.path}` });
    const backend = { type: "http", url: { env: "URL_500" } };
    const text = JSON.stringify({ destinations: { backend } });
    writeFileSync(join(app.folder, "sessionhook.config.json"), text);
    await expect(app.start()).rejects.toThrow("destinations.backend.url");
    expect(app.output).not.toMatch(/canary|hooks:/);
  });
}

/** Returns which of the texts are in a place, each with what is around it. */
function leaksOf(where: string, text: string, forbidden: readonly string[]): string[] {
  const lower = text.toLowerCase();
  return forbidden.flatMap((each) => {
    const at = lower.indexOf(each.toLowerCase());
    return at === -1 ? [] : `${where}: ${each} in …${text.slice(Math.max(0, at - 80), at + 80)}`;
  });
}

/** Returns the destinations that have not failed yet. */
async function withoutReason(app: AppProcess, names: readonly string[]): Promise<string[]> {
  const { deliveries } = (await app.json("/deliveries?limit=500")) as {
    deliveries: { destination: string; reason: object | null }[];
  };
  const failed = new Set(
    deliveries.flatMap(({ destination, reason }) => (reason === null ? [] : destination)),
  );
  return names.filter((name) => !failed.has(name));
}

/** Returns what operators see of deliveries, each with its path. */
async function shownBy(app: AppProcess, names: readonly string[]): Promise<(readonly [string, string])[]> {
  const { deliveries } = (await app.json("/deliveries?limit=500")) as { deliveries: { id: string }[] };
  const ids = deliveries.map(({ id }) => id);
  const headers = { authorization: `Bearer ${adminToken}`, cookie: await app.signIn() };
  const paths = [
    "/metrics",
    "/api/deliveries?limit=500",
    "/api/destinations",
    "/deliveries",
    "/destinations",
  ];
  paths.push(...ids.flatMap((id) => [`/api/deliveries/${id}`, `/deliveries/${id}`]));
  const get = async (path: string, method = "GET") => {
    const response = await fetch(`${app.origin}${path}`, { method, headers });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return [path.replace(/\?.*/, ""), text] as const;
  };
  const shown = [];
  for (const path of paths) shown.push(await get(path));
  for (const name of names) shown.push(await get(`/api/destinations/${name}/test`, "POST"));
  return shown;
}

/** Returns all rows about deliveries as text, read with SQLite alone. Events, facts and cooldowns are about people. */
function rowsOf(path: string): string {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const tables = ["deliveries", "history", "attempts", "destinations", "replays", "routing"];
    return JSON.stringify(tables.map((table) => db.prepare(`SELECT * FROM ${table}`).all()));
  } finally {
    db.close();
  }
}
