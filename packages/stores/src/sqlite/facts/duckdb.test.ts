import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import {
  allCompanies,
  allPeople,
  allSessions,
  keys,
  models,
  route,
} from "@sessionhook/conformance/fact-steps";
import { noIssues } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { describe, expect, it } from "vitest";
import { useFolder } from "../../../test/folder.js";
import { openStores } from "../../../test/open-stores.js";

const python = process.env["DUCKDB_PYTHON"] ?? "python3";
const missing = spawnSync(python, ["-c", "import duckdb"]).status !== 0;
const reason = "DuckDB's Python package is neither in python3 nor in the Python at DUCKDB_PYTHON";
const inFolder = useFolder();
const now = 1_790_000_000_000;

/**
 * The derivation once more, in SQL over the bodies. The simulator gives every known person a LinkedIn profile, and all
 * domains are below `.example`, so that the other rules of identities do not matter; the test removes the e-mail addresses.
 */
const derivation = `
CREATE TEMP TABLE raw AS SELECT seq, payload, payload->>'type' AS type, payload->'data' AS data,
  coalesce(payload->'data'->'enrichment'->'person', 'null'::JSON) AS person
  FROM read_json('FILE', columns = {seq: 'BIGINT', payload: 'JSON'}, format = 'newline_delimited');
CREATE TEMP TABLE parts AS SELECT *, data->'session' AS session,
  type = 'identity.session.finalized' AS final,
  coalesce((data->>'finalizedAt')::BIGINT, (payload->>'created')::BIGINT) AS made_at,
  list_filter(from_json(coalesce(person->'employments', '[]'), '["JSON"]'),
    lambda e: coalesce(e->>'endDate', 'present') IN ('present', 'Present')) AS employments,
  list_filter(from_json(coalesce(person->'experience', '[]'), '["JSON"]'),
    lambda e: coalesce(e->>'endDate', 'present') IN ('present', 'Present')) AS experience
  FROM raw;
CREATE TEMP TABLE firms AS SELECT *, coalesce(
  nullif(employments[1]->'company', 'null'::JSON), data->'enrichment'->'companies'->0,
  nullif(experience[1]->'company', 'null'::JSON)) AS firm FROM parts;
CREATE TEMP TABLE named AS SELECT seq, json_type(session) = 'NULL' AS refers,
  coalesce(session->>'sid', data->'attribution'->>'sessionId') AS id, (session->>'createdAt')::BIGINT AS started_at,
  lower(rtrim(coalesce(person->>'linkedinUrl', data->'query'->>'value'), '/')) AS person,
  coalesce(lower(firm->>'domain'),
    nullif(regexp_extract(lower(firm->>'website'), '^(?:https?://)?(?:www\\.)?([^/?#]+)', 1), ''),
    lower(rtrim(firm->>'linkedinUrl', '/')), firm->>'linkedinId', lower(firm->>'name')) AS company,
  coalesce((session->'network'->'botManagement'->>'verifiedBot')::BOOLEAN, false)
    OR coalesce((session->'network'->'botManagement'->>'score')::INT < 30, false) AS bot,
  session->'utm'->>'medium' AS medium, session->'utm'->>'campaign' AS campaign,
  session->'network'->>'country' AS country,
  coalesce(nullif(regexp_extract(session->>'landingPage', '^https?://[^/?#]*([^?#]*)', 1), ''), '/') AS "landingPage",
  coalesce(session->'utm'->>'source', 'REFERRER ' || (session->>'referrer')) AS source,
  row_number() OVER (PARTITION BY coalesce(session->>'sid', data->'attribution'->>'sessionId')
    ORDER BY json_type(session) = 'NULL', final DESC, made_at DESC, seq DESC) AS place
  FROM firms WHERE coalesce(session->>'sid', data->'attribution'->>'sessionId') IS NOT NULL;
CREATE TEMP TABLE people AS SELECT id, person, company FROM named
  WHERE person IS NOT NULL QUALIFY row_number() OVER (PARTITION BY id ORDER BY place) = 1;
CREATE TEMP TABLE companies AS SELECT id, company FROM named
  WHERE company IS NOT NULL QUALIFY row_number() OVER (PARTITION BY id ORDER BY place) = 1;
CREATE TEMP TABLE visits AS SELECT n.* REPLACE (p.person AS person, coalesce(p.company, c.company) AS company)
  FROM named AS n LEFT JOIN people AS p ON p.id = n.id LEFT JOIN companies AS c ON c.id = n.id WHERE n.place = 1 AND NOT n.refers;
`;

const program = `
import duckdb, json, sys
connection = duckdb.connect()
queries = json.load(sys.stdin)
connection.execute(queries[0])
print(json.dumps([connection.sql(sql).fetchall() for sql in queries[1:]]))
`;

function run(queries: readonly string[]): unknown[][][] {
  const input = JSON.stringify(queries);
  return JSON.parse(execFileSync(python, ["-c", program], { input, encoding: "utf8" })) as unknown[][][];
}

describe("DuckDB", () => {
  if (missing)
    it.skipIf(process.env["REQUIRE_DUCKDB"] !== "1")(`needs DuckDB: ${reason}`, () => {
      expect.unreachable(reason);
    });

  it.skipIf(missing)("derives the same rows from the exported events", { timeout: 120_000 }, async () => {
    const path = inFolder("events.db");
    const stores = await openStores(path);
    const { facts } = stores;
    try {
      await stores.events.append(bodies().map((body, index) => eventOf(body, index)));
      await route(stores);
      const exported = inFolder("events.ndjson");
      const { events } = await stores.events.scan({ limit: 500 });
      const lines = events.map(
        ({ raw }, seq) => `{"seq":${seq},"payload":${new TextDecoder().decode(raw)}}\n`,
      );
      writeFileSync(exported, lines.join(""));

      const by = keys.filter((key) => key !== "referrer" && key !== "source");
      const [sessions = [], people, companies, ...tables] = run([
        derivation.replace("FILE", exported),
        `SELECT id, started_at, person, company, bot, medium, campaign, country, "landingPage" FROM visits ORDER BY started_at DESC, id DESC`,
        summary("person"),
        summary("company"),
        ...by.flatMap((key) => models.map((model) => attribution(key, model))),
      ]);
      const bare = (key: string | null) => key?.slice(key.indexOf(":") + 1) ?? null;
      const rows = (await allSessions(facts)).map((row) => [
        row.id,
        row.startedAt,
        bare(row.person),
        bare(row.company),
        row.bot,
        row.medium,
        row.campaign,
        row.country,
        row.landingPage,
      ]);
      expect(rows.length).toBeGreaterThan(200);
      expect(rows).toEqual(sessions);
      const sums = (all: readonly { key: string; sessions: number; firstAt: number; lastAt: number }[]) =>
        all
          .filter((row) => row.sessions > 0)
          .map((row) => [bare(row.key), row.sessions, row.firstAt, row.lastAt])
          .sort(byText);
      expect(sums(await allPeople(facts))).toEqual(people?.sort(byText));
      expect(sums(await allCompanies(facts))).toEqual(companies?.sort(byText));
      for (const [index, key] of by
        .flatMap((each) => models.map((model) => [each, model] as const))
        .entries()) {
        const { rows } = await facts.attribution({ by: key[0], model: key[1], limit: 500 });
        expect(
          rows.map((row) => [row.value, row.sessions, row.people, row.companies]).sort(byText),
          String(key),
        ).toEqual(tables[index]?.sort(byText));
      }
    } finally {
      for (const store of [stores.facts, stores.deliveries, stores.events]) await store.close();
    }
  });
});

interface Body {
  id: string;
  readonly type: string;
  readonly data: {
    finalizedAt: number;
    session: { readonly sid: string; readonly utm: object } | null;
    readonly attribution?: { sessionId: string };
    enrichment: {
      emailValidations: unknown[];
      readonly person: { email: string | null } | null;
    } | null;
  };
}

/** Finalized sessions of which some were finalized twice, events of running sessions, and some that refer to one; without e-mail addresses. */
function bodies(): readonly string[] {
  const simulator = createSimulator({ seed: 11, now });
  const found: Body[] = [];
  const referring: Body[] = [];
  while (found.length < 450) {
    const event = JSON.parse(
      simulator.next(found.length % 9 === 0 ? "identity.enriched" : undefined).body,
    ) as Body;
    const { enrichment } = event.data;
    if (enrichment !== null) enrichment.emailValidations = [];
    if (enrichment?.person) enrichment.person.email = null;
    found.push(event);
    // The session of every other such event is that of a later one, or an earlier one, or of none.
    if (event.data.attribution !== undefined && found.length % 2 === 0) referring.push(event);
    if (found.length % 5 !== 0 || event.type !== "identity.session.finalized") continue;
    const again = structuredClone(event);
    again.id += "_again";
    again.data.finalizedAt += found.length % 2 === 0 ? 5 : -5;
    const utm = { source: "again", medium: "again", campaign: "again", term: null, content: null };
    Object.assign(again.data.session ?? {}, { utm });
    found.push(again);
    // Enrichment can be lost on the way to a later record: the person and company of the earlier one remain.
    if (found.length % 3 === 0) again.data.enrichment = null;
  }
  for (const [index, { data }] of referring.entries()) {
    data.session = null;
    const session = found[(index * 37) % found.length]?.data.session;
    if (data.attribution !== undefined && session) data.attribution.sessionId = session.sid;
  }
  return found.map((event) => JSON.stringify(event));
}

function eventOf(body: string, index: number) {
  const { id, type } = JSON.parse(body) as { id: string; type: string };
  const raw = new TextEncoder().encode(body);
  return {
    id,
    type,
    status: "accepted" as const,
    ...noIssues,
    raw,
    receivedAt: now + index,
    attemptTimestamp: 1,
    signature: "v1,",
  };
}

function summary(column: string): string {
  return `SELECT ${column}, count(*), min(started_at), max(started_at) FROM visits
    WHERE ${column} IS NOT NULL GROUP BY ${column}`;
}

function attribution(key: string, model: "first" | "last"): string {
  const order = model === "first" ? "started_at, id" : "started_at DESC, id DESC";
  const touch = (owner: string) => `SELECT "${key}" AS value, count(*) AS n FROM (SELECT * FROM visits
    WHERE NOT bot AND ${owner} IS NOT NULL QUALIFY row_number() OVER (PARTITION BY ${owner} ORDER BY ${order}) = 1) GROUP BY value`;
  return `SELECT s.value, s.n, coalesce(p.n, 0), coalesce(c.n, 0)
    FROM (SELECT "${key}" AS value, count(*) AS n FROM visits WHERE NOT bot GROUP BY value) AS s
    LEFT JOIN (${touch("person")}) AS p ON p.value IS NOT DISTINCT FROM s.value
    LEFT JOIN (${touch("company")}) AS c ON c.value IS NOT DISTINCT FROM s.value`;
}

function byText(one: readonly unknown[], other: readonly unknown[]): number {
  return JSON.stringify(one) < JSON.stringify(other) ? -1 : 1;
}
