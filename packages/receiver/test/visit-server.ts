import {
  type DerivedRecords,
  type FactStore,
  type NewEvent,
  noIssues,
  type SessionRow,
  SigningSecrets,
} from "@sessionhook/core";
import { SteppedDeliveries } from "@sessionhook/conformance/delivery-control";
import { secret } from "@sessionhook/conformance/signed-message";
import { createReceiver } from "@sessionhook/receiver";
import {
  createMemoryDeliveryStore,
  createMemoryFactStore,
  createMemoryStore,
} from "@sessionhook/stores/memory";

export const adminToken = "x".repeat(32);
export const start = Date.UTC(2026, 2, 1, 12);

/** A visit of one session, with the person and company that the test names. */
export interface Visit extends Partial<SessionRow> {
  readonly id: string;
}

function recordsOf(visit: Visit): DerivedRecords {
  const session: SessionRow = {
    eventId: `evt_${visit.id}`,
    eventType: "identity.session.finalized",
    visitorId: null,
    startedAt: start,
    endedAt: null,
    finalizedAt: start,
    durationSeconds: 60,
    pageCount: 1,
    source: null,
    medium: null,
    campaign: null,
    landingPage: "/",
    referrer: null,
    country: null,
    term: null,
    content: null,
    city: null,
    device: null,
    browser: null,
    os: null,
    botScore: null,
    bot: false,
    corporateProxy: false,
    person: null,
    personName: null,
    personTitle: null,
    personEmail: null,
    company: null,
    companyName: null,
    companyDomain: null,
    companyEmployeeCount: null,
    ...visit,
  };
  const pages = [
    { position: 1, at: session.startedAt, path: "/", url: "https://example.com/", title: null, seconds: 60 },
  ];
  return {
    session,
    pages,
    person:
      session.person === null
        ? undefined
        : {
            key: session.person,
            name: session.personName,
            title: session.personTitle,
            seniority: null,
            email: session.personEmail,
            emailStatus: null,
            linkedinUrl: null,
            country: null,
            city: null,
            company: session.company,
          },
    company:
      session.company === null
        ? undefined
        : {
            key: session.company,
            name: session.companyName,
            domain: session.companyDomain,
            industry: null,
            employeeCount: session.companyEmployeeCount,
            country: null,
            city: null,
            linkedinUrl: null,
            fundingTotalUsd: null,
            monthlyVisitors: null,
          },
    precedence: { final: true, at: session.startedAt },
  };
}

const encode = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const decode = (raw: Uint8Array) => JSON.parse(new TextDecoder().decode(raw)) as Visit;

/** A receiver over a store in memory with these visits; `wrap` can let its fact store fail. */
export async function visitServer(
  visits: readonly Visit[],
  wrap: (facts: FactStore) => FactStore = (facts) => facts,
) {
  const store = createMemoryStore();
  const events = visits.map((visit): NewEvent => ({
    id: `evt_${visit.id}`,
    type: "identity.session.finalized",
    status: "accepted",
    ...noIssues,
    raw: encode(visit),
    receivedAt: start,
    attemptTimestamp: start / 1000,
    signature: "v1,c2lnbmF0dXJl",
  }));
  await store.append(events);
  const facts = createMemoryFactStore(store);
  await facts.startRebuild(start);
  while (!(await facts.rebuildStep(500, ({ raw }) => recordsOf(decode(raw)))).done);
  const now = () => start;
  const crm = { name: "crm", type: "http", target: "https://crm.example.com" };
  const delivery = new SteppedDeliveries(createMemoryDeliveryStore(store), store, [crm], now);
  const secrets = new SigningSecrets(secret);
  const receiver = createReceiver({ store, secrets, adminToken, now, facts: wrap(facts), delivery });
  const get = (path: string, headers: Record<string, string> = {}) =>
    receiver.fetch(
      new Request(`http://localhost:8787/api${path}`, {
        headers: { authorization: `Bearer ${adminToken}`, ...headers },
      }),
    );
  /** The status and JSON of an answer; the shape is what a test expects. */
  const json = async (path: string) => {
    const answer = await get(path);
    // oxlint-disable-next-line typescript/no-explicit-any
    return { status: answer.status, body: (await answer.json()) as any };
  };
  return { store, receiver, get, json };
}
