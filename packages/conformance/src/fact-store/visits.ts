import type { NewEvent } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { newEvent } from "../event-log/events.js";

export const dayMs = 86_400_000;
/** Midnight UTC. */
export const monday = 1_771_200_000_000 - (1_771_200_000_000 % dayMs);

/** The parts of a body that a visit replaces. */
interface Body {
  readonly data: {
    finalizedAt?: number;
    eventCount?: number;
    session: Session | null;
    readonly attribution?: object;
    readonly identity?: Identity;
    enrichment?: Enrichment | null;
    readonly query?: { value: string };
    validations?: readonly object[];
  };
}
interface Session {
  sid?: string;
  vid?: string;
  lastActivity?: number;
  events?: readonly object[];
  readonly network: { country: string; readonly botManagement: object };
}
interface Identity {
  readonly demographics: object;
  readonly professional: object;
}
interface Enrichment {
  readonly person: { readonly [field: string]: unknown; readonly employments: readonly object[] } | null;
  readonly companies: readonly object[];
  readonly emailValidations: readonly object[];
}
export type VisitType =
  | "identity.session.finalized"
  | "identity.resolved"
  | "identity.enriched"
  | "identity.validated";

/** A visit, as the event of a test reports it. */
export interface Visit {
  /** Message id. */
  readonly id: string;
  readonly type?: VisitType | undefined;
  /** Null: without a session. */
  readonly sid?: string | null | undefined;
  /** Of the address of the person, in `identity.validated`. Default `valid`. */
  readonly validity?: string | undefined;
  /** Session to which an event without one refers. */
  readonly refersTo?: string | undefined;
  readonly vid?: string | undefined;
  readonly startedAt?: number | undefined;
  readonly seconds?: number | undefined;
  /** Time at which the record was made final; for other types that at which the event was made. */
  readonly madeAt?: number | undefined;
  readonly person?: { name?: string; email?: string; linkedin?: string; title?: string } | undefined;
  readonly company?: { name: string; domain?: string; employees?: number } | undefined;
  readonly source?: string | null | undefined;
  readonly medium?: string | null | undefined;
  readonly campaign?: string | null | undefined;
  readonly referrer?: string | null | undefined;
  readonly country?: string | undefined;
  readonly paths?: readonly string[] | undefined;
  readonly botScore?: number | undefined;
  readonly status?: NewEvent["status"] | undefined;
  readonly receivedAt?: number | undefined;
}

const simulator = createSimulator({ seed: 3, now: monday });
const bases = new Map<VisitType, Body>();

/** Returns an event of the simulator in which every part of a visit is present. */
function base(type: VisitType): Body {
  const known = bases.get(type);
  if (known !== undefined) return structuredClone(known);
  for (;;) {
    const event = JSON.parse(simulator.next(type).body) as Body;
    const { data } = event;
    const found = data.enrichment ?? data.identity ?? data.validations?.[0];
    if (!data.session || !found || (data.enrichment && !data.enrichment.person)) continue;
    if (data.enrichment?.companies.length === 0 || data.enrichment?.person?.employments.length === 0)
      continue;
    bases.set(type, event);
    return structuredClone(event);
  }
}

/** Returns the event of a visit, with a body that fits its schema. */
export function visit(fields: Visit): NewEvent {
  const type = fields.type ?? "identity.session.finalized";
  const startedAt = fields.startedAt ?? monday;
  const madeAt = fields.madeAt ?? startedAt + 3_600_000;
  const event = base(type);
  const { data } = event;
  Object.assign(event, { id: fields.id, created: madeAt });
  const final = type === "identity.session.finalized";
  if (final) data.finalizedAt = madeAt;
  const paths = fields.paths ?? ["/"];
  const seconds = fields.seconds ?? 60;
  const session = data.session as Session;
  Object.assign(session, {
    sid: fields.sid ?? `ses_${fields.id}`,
    vid: fields.vid ?? "vis_1",
    createdAt: startedAt,
    endedAt: final ? startedAt + seconds * 1000 : null,
    landingPage: `https://shop.example${paths[0]}`,
    landingTitle: "Landing",
    referrer: fields.referrer ?? null,
    utm: {
      source: fields.source ?? null,
      medium: fields.medium ?? null,
      campaign: fields.campaign ?? null,
      term: null,
      content: null,
    },
  });
  session.network.country = fields.country ?? "DE";
  Object.assign(session.network.botManagement, { score: fields.botScore ?? 90, verifiedBot: false });
  if (final) {
    session.lastActivity = startedAt + seconds * 1000;
    session.events = paths.map((path, index) => ({
      ...session.events?.[0],
      signal: "page_view",
      ts: startedAt + index * 1000,
      url: `https://shop.example${path}`,
      title: `Page ${path}`,
    }));
    data.eventCount = paths.length;
  } else
    Object.assign(data.attribution ?? {}, { sessionId: fields.refersTo ?? session.sid, vid: session.vid });
  if (data.identity) identify(data.identity, fields);
  else if (data.enrichment) data.enrichment = enrich(data.enrichment, fields);
  else if (data.validations) data.validations = validationsOf(data.validations, fields);
  if (data.query) data.query.value = fields.person?.linkedin ?? "";
  if (fields.sid === null) data.session = null;
  return newEvent({
    id: fields.id,
    type,
    status: fields.status ?? "accepted",
    receivedAt: fields.receivedAt ?? madeAt + 1000,
    raw: JSON.stringify(event),
  });
}

function validationsOf([first]: readonly object[], { person, validity = "valid" }: Visit): object[] {
  return person?.email === undefined ? [] : [{ ...first, email: person.email, validity }];
}

function identify(identity: Identity, { person, company }: Visit): void {
  const [firstName, ...rest] = (person?.name ?? "").split(" ");
  Object.assign(identity, {
    emails: person?.email === undefined ? [] : [{ type: "professional", value: person.email }],
    linkedinUrl: person?.linkedin ?? null,
  });
  Object.assign(identity.demographics, { firstName, lastName: rest.join(" ") });
  Object.assign(identity.professional, {
    companyName: company?.name ?? null,
    jobTitle: person?.title ?? null,
  });
}

function enrich(enrichment: Enrichment, { person, company }: Visit): Enrichment | null {
  if (person === undefined && company === undefined) return null;
  const firm = {
    ...enrichment.companies[0],
    name: company?.name,
    domain: company?.domain ?? "",
    website: "",
    linkedinUrl: "",
    linkedinId: "",
    employeeCount: company?.employees ?? null,
    headcount: null,
  };
  const [job] = enrichment.person?.employments ?? [];
  const employed = person?.title !== undefined && company !== undefined && job !== undefined;
  return {
    ...enrichment,
    person: {
      ...enrichment.person,
      fullName: person?.name ?? "",
      firstName: "",
      lastName: "",
      linkedinUrl: person?.linkedin ?? "",
      linkedinId: "",
      email: person?.email ?? null,
      employments: employed ? [{ ...job, title: person.title, endDate: null, company: firm }] : [],
      experience: [],
    },
    companies: company === undefined ? [] : [firm],
    emailValidations: [],
  };
}
