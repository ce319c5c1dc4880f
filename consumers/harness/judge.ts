import { readFileSync } from "node:fs";
import { unwrap } from "../../packages/core/dist/index.js";
import { type AdminObservations, judgeClient, type RunningApp } from "./app.ts";
import { judgeNames } from "./names.ts";
import { secret } from "./messages.ts";
import type { SignedMessage } from "./signed-message.ts";
import type { Inputs } from "./inputs.ts";
import type { Json } from "./json.ts";
import { type Column, columns, type Language, type Verdict } from "./language.ts";
import { lost } from "./round-trip.ts";

/** The results that a consumer wrote, as far as its language's columns need them. */
export interface Observations {
  readonly issues: Record<string, string[]>;
  readonly roundTrips: Record<string, Json>;
  readonly signed: { name: string; headers: Record<string, string>; body: string }[];
  readonly verified: Record<string, boolean>;
  /** `createdAt` of the session of the payload `timed` in microseconds, through the time type of the language. */
  readonly time?: number;
  readonly admin?: Partial<AdminObservations>;
  readonly unwrapped?: Record<string, { type: string; id: string } | null>;
}

/** Compares the results of a consumer with core, case by case. A missing case is a fault. */
export function judge(
  language: Language,
  inputs: Inputs,
  messages: readonly SignedMessage[],
  seen: Observations,
  app: RunningApp | undefined,
): Record<Column, Verdict | undefined> {
  const all = judgeAll(language, inputs, messages, { ...nothing, ...seen }, app);
  const verdicts = columns.map((column) => [
    column,
    language.columns.includes(column) ? all[column]?.() : undefined,
  ]);
  return Object.fromEntries(verdicts) as Record<Column, Verdict | undefined>;
}

const nothing = { issues: {}, roundTrips: {}, signed: [], verified: {}, admin: {} };

function judgeAll(
  language: Language,
  inputs: Inputs,
  messages: readonly SignedMessage[],
  seen: Observations & { readonly admin: Partial<AdminObservations> },
  app: RunningApp | undefined,
): Record<Column, () => Verdict | undefined> {
  const good = inputs.payloads.filter(({ paths }) => paths.length === 0);
  const bad = inputs.payloads.filter(({ paths }) => paths.length > 0);
  const firm = messages.filter(({ probe }) => !probe);
  const samePaths = ({ name, paths }: { name: string; paths: readonly string[] }) => {
    const found = seen.issues[name];
    if (found !== undefined && found.join() === paths.join()) return [];
    return [`${name}: issues at [${found?.join(", ") ?? "no result"}], expected at [${paths.join(", ")}]`];
  };
  return {
    names: () => (language.names === undefined ? undefined : judgeNames(language.folder, language.names)),
    validated: () => ({ cases: good.length, faults: good.flatMap(samePaths) }),
    rejected: () => ({ cases: bad.length, faults: bad.flatMap(samePaths) }),
    times: () => ({ cases: 1, faults: judgeTime(seen.time) }),
    client: () => (app === undefined ? undefined : { cases: 5, faults: judgeClient(app, seen.admin) }),
    "round-trip": () => ({
      cases: good.length,
      faults: good.flatMap(({ name, type, file }) => {
        const event = inputs.events.find((one) => one.type === type);
        if (event === undefined) throw new Error(`There is no published schema of ${type}`);
        const sent = JSON.parse(readFileSync(file, "utf8")) as Json;
        return lost(sent, seen.roundTrips[name], event, language.limits).map((loss) => `${name}: ${loss}`);
      }),
    }),
    signature: () => ({
      cases: firm.length + good.length,
      faults: [
        ...firm.flatMap(({ name, genuine }) => {
          if (seen.verified[name] === genuine) return [];
          return [
            `message "${name}" is ${genuine ? "genuine" : "forged"}, but the result is ${String(seen.verified[name])}`,
          ];
        }),
        ...good.flatMap(({ name }) => coreUnwraps(name, seen)),
      ],
    }),
    "official SDK": () => (seen.unwrapped === undefined ? undefined : judgeSdk(firm, seen.unwrapped)),
  };
}

/** The payload whose time every consumer maps by the expression of its guide: its fraction must be preserved. */
const timed = "identity.session.finalized.other-numbers";

function judgeTime(time: number | undefined): string[] {
  const expected = 1_739_571_008_123_250;
  return time === expected ? [] : [`${timed}: ${time} microseconds, expected ${expected}`];
}

/** Checks that core unwraps a message that the language's library signed. */
function coreUnwraps(name: string, seen: Observations): string[] {
  const signed = seen.signed.find((one) => one.name === name);
  if (signed === undefined) return [`${name}: not signed`];
  try {
    unwrap(signed.body, { headers: signed.headers, secrets: secret });
    return [];
  } catch (error) {
    return [`${name}: core rejects the signed message: ${String(error)}`];
  }
}

function judgeSdk(
  messages: readonly SignedMessage[],
  unwrapped: NonNullable<Observations["unwrapped"]>,
): Verdict {
  const faults = messages.flatMap(({ name, genuine, type }) => {
    const event = unwrapped[name];
    if (event === undefined || genuine !== (event !== null))
      return [`message "${name}": ${JSON.stringify(event)}`];
    if (type !== undefined && event?.type !== type) return [`message "${name}": unwrapped as ${event?.type}`];
    return [];
  });
  return { cases: messages.length, faults };
}
