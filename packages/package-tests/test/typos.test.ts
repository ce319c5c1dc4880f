import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compile } from "./compile.js";

const head = `import { unwrap, unknownFields, parseEvent, classifyEvent, completeEnvelope } from "@sessionhook/core";
import type { Company, Employment, FinalizedSession, KnownEvent, Person, Session, Utm } from "@sessionhook/core";
declare const event: ReturnType<typeof unwrap>;
declare const parsed: ReturnType<typeof parseEvent>;
declare const [person, company, session]: [Person, Company, Session];
if (event.type === "identity.session.finalized") {
`;
const program = (lines: readonly string[]) => `${head}${lines.join("\n")}\n}\n`;
const firstLine = head.split("\n").length;

/** The lines of the program that have an error, by their text. */
function wrong(lines: readonly string[]): string[] {
  const errors = compile({ "main.ts": program(lines) });
  const numbers = new Set(errors.map((error) => Number(/^main\.ts\((\d+),/.exec(error)?.[1])));
  return lines.filter((_, i) => numbers.has(i + firstLine));
}

const right = [
  "event.data.session.sid satisfies string;",
  "event.data.session.utm.campaign satisfies string | null;",
  "event.data.enrichment?.person.employments?.[0]?.company.headcount?.growth?.yoy satisfies number | null | undefined;",
  "event.data.enrichment?.companies satisfies Company[] | undefined;",
  "event.data.session.events[0]?.props?.['anything'] satisfies unknown;",
  'event.data.enrichment?.person.provider === "a provider of tomorrow";',
  "unknownFields(event.data.session)['consent'] satisfies unknown;",
  "[event.id, event.created] satisfies [string, number];",
  "person.employments satisfies readonly Employment[] | undefined;",
  "session.utm satisfies Utm;",
  "event.data.session satisfies FinalizedSession & Session;",
  "event satisfies KnownEvent;",
  'if (parsed.status === "accepted") completeEnvelope(parsed.event, { id: "", timestamp: 0 }) satisfies KnownEvent;',
  'if (parsed.status === "accepted") parsed.event.id satisfies string | undefined;',
  'if (parsed.status === "unrecognized") parsed.event["anything"] satisfies unknown;',
];

const typos = [
  "event.data.sesion;",
  "event.data.session.landingpage;",
  "event.data.session.utm.compaign;",
  "event.data.session.network.botManagement.scor;",
  "event.data.session.events[0]?.titel;",
  "event.data.enrichment?.persons;",
  "event.data.enrichment?.person.fullname;",
  "event.data.enrichment?.person.employments?.[0]?.company.nane;",
  "event.data.enrichment?.companies[0]?.headcount?.growth?.year;",
  "event.data.enrichment?.emailValidations?.[0]?.validty;",
  "event.dat;",
  "event.creatd;",
  "person.firstname;",
  "company.webTrafic;",
  "session.lastActivity;",
  'if (parsed.status === "accepted") parsed.event.typ;',
  'if (parsed.status === "acepted") 0;',
  'if (parsed.status === "quarantined") parsed.isues;',
  'if (classifyEvent("").status === "quarantine") 0;',
  'const misspelt: KnownEvent["type"] = "identity.session.finalised";',
];

describe("the types of the events", () => {
  it("accept every access that is right", () => {
    expect(compile({ "main.ts": program(right) })).toEqual([]);
  });

  it("refuse every typo", () => {
    expect(wrong([...typos, ...right])).toEqual(typos);
  });

  it("narrow an event in a switch, the unknown types included", () => {
    const narrow = (name: string) => `import { unwrap, type EventType } from "@sessionhook/core";
declare const event: ReturnType<typeof unwrap>;
export function ${name}(): string {
  switch (event.type) {
    case "identity.session.finalized": return event.data.session.sid;
    case "identity.resolved": case "identity.qualified": return event.data.identity.phones[0] ?? "";
    case "identity.enriched": return event.data.query.value;
    case "identity.validated": return event.data.validations[0]?.email ?? "";
    default: return String(event["data"]) + (event.type as EventType extends typeof event.type ? never : string);
  }
}
`;
    expect(compile({ "main.ts": narrow("read") })).toEqual([]);
    expect(
      compile({
        "main.ts": narrow("read").replace('"identity.validated": return', '"identity.enriched": return'),
      }),
    ).not.toEqual([]);
  });

  it("carry a description for every field, readable in an editor", () => {
    const file = fileURLToPath(new URL("../../core/src/schema/generated/types.ts", import.meta.url));
    const lines = readFileSync(file, "utf8").split("\n");
    const fields = lines.flatMap((line, i) => (/^ {2}\w+\??: .*;$/.test(line) ? [lines[i - 1]] : []));
    expect(fields.length).toBeGreaterThan(196);
    expect(fields.filter((before) => !/^ {2}\/\*\* .+ \*\/$/.test(before ?? ""))).toEqual([]);
    expect(
      lines.filter(
        (line) => /\[(?:x|key|field): string\]/.test(line) && !/^ {2}(?:props|options)\??: /.test(line),
      ),
    ).toEqual([]);
  });
});
