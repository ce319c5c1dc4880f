import { eventTypes } from "@sessionhook/core";
import { defaultMaxAgeMs, defaultRetryScheduleMs } from "@sessionhook/core/limits";
import { compileFilter, type DestinationOptions, FilterError } from "@sessionhook/delivery";
import { type DestinationType, type Driver, drivers, previewOf } from "@sessionhook/destinations";
import { findingsOf } from "./messages.js";
import { suggestion } from "@sessionhook/delivery/nearest";
import type { ConfiguredDestination, ReadOptions } from "./configured-destination.js";
import { isPlainObject, type Resolved, resolveReferences } from "./references.js";
import { type CommonValues, commonKeys, commonSchema } from "./schema.js";

type Path = readonly (string | number)[];
type Report = (path: Path, message: string) => void;

/** Reads one destination and reports every problem; undefined if it cannot be used. */
export async function readDestination(
  name: string,
  value: unknown,
  options: ReadOptions,
): Promise<ConfiguredDestination | undefined> {
  const base = ["destinations", name];
  const report: Report = (path, message) => options.report({ path: [...base, ...path], message });
  if (!isPlainObject(value)) return void report([], "must be an object");
  const driver = driverOf(value, options.json, report);
  if (driver === undefined) return undefined;
  const { common, own } = split(value);
  const commonResult = commonSchema.safeParse(common);
  if (!commonResult.success)
    for (const { path, message } of findingsOf(commonResult.error.issues, common, knownKeys(driver)))
      report(path, message);
  checkValues(common, commonResult.error?.issues ?? [], base, options, report);
  const config = await readOwnKeys(driver, own, options, report);
  if (!commonResult.success || config === undefined) return undefined;
  return {
    options: optionsOf(name, commonResult.data, driver),
    type: driver.type as DestinationType,
    kind: driver.kind,
    preview: (item) => previewOf(driver.type as DestinationType, config.value, item),
    create: (context) => driver.create(config.value, { ...context, name }),
  };
}

function driverOf({ type }: Record<string, unknown>, json: boolean, report: Report): Driver | undefined {
  const types = Object.keys(drivers).filter((name) => !json || name !== "code");
  // `create` gets what `schema` of the same driver returns.
  if (types.some((name) => name === type)) return drivers[type as keyof typeof drivers] as unknown as Driver;
  const list = `one of ${types.map((name) => JSON.stringify(name)).join(", ")}`;
  if (type === undefined) report([], `must have a "type": ${list}`);
  else if (type === "code")
    report(["type"], '"code" needs sessionhook.config.ts or .js: JSON cannot contain functions');
  else report(["type"], `must be ${list}${typeof type === "string" ? suggestion(type, types) : ""}`);
  return undefined;
}

/** Separates the keys that every destination has from those of its type. */
function split(value: Record<string, unknown>) {
  const entries = Object.entries(value).filter(([key]) => key !== "type");
  const isCommon = ([key]: readonly [string, unknown]) => Object.hasOwn(commonKeys, key);
  return {
    common: Object.fromEntries(entries.filter(isCommon)),
    own: Object.fromEntries(entries.filter((entry) => !isCommon(entry))),
  };
}

/** Returns the keys at a path below a destination, for suggestions. */
function knownKeys(driver: Driver) {
  return ([key]: Path): readonly string[] => {
    if (key === undefined) return [...Object.keys(commonKeys), ...Object.keys(shapeOf(driver))];
    const schema = (commonKeys as Record<string, unknown>)[key] ?? shapeOf(driver)[key];
    return Object.keys(innerShape(schema));
  };
}

/** Returns the keys of a driver, each with its schema. */
export function shapeOf({ schema }: Driver): Readonly<Record<string, unknown>> {
  return innerShape(schema);
}

function innerShape(schema: unknown): Readonly<Record<string, unknown>> {
  const def = (schema as { _zod?: { def?: { shape?: Record<string, unknown>; innerType?: unknown } } })?._zod
    ?.def;
  return def?.shape ?? (def?.innerType === undefined ? {} : innerShape(def.innerType));
}

const literalSecret =
  'must be { "env": "NAME" } or { "file": "path" }: a secret, or a URL with one, does not belong in the configuration file';

/** Reads the keys of a driver; undefined if something was reported. */
async function readOwnKeys(
  driver: Driver,
  own: Record<string, unknown>,
  options: ReadOptions,
  report: Report,
): Promise<{ readonly value: unknown } | undefined> {
  const resolved = await resolveReferences(own, options);
  const secrets = literalSecrets(driver, own, resolved);
  const broken = resolved.references.filter(({ problem }) => problem !== undefined);
  for (const path of secrets) report(path, literalSecret);
  for (const { path, problem } of broken) report(path, problem as string);
  const result = driver.schema.safeParse(resolved.value);
  if (result.success) {
    if (secrets.length + broken.length > 0) return undefined;
    const problems = (await driver.problems?.(result.data, options.diskFolder)) ?? [];
    if (problems.length === 0) return { value: result.data };
    for (const { path, message } of problems) report(path, message);
    return undefined;
  }
  const reported = [...secrets, ...broken.map(({ path }) => path)];
  for (const { path, message } of findingsOf(result.error.issues, resolved.value, knownKeys(driver))) {
    // A text that is missing or does not belong there is reported once.
    if (reported.some((other) => overlap(path, other))) continue;
    const source = resolved.references.find((reference) => overlap(path, reference.path))?.source;
    report(path, source === undefined ? message : `${source}: ${message}`);
  }
  return undefined;
}

/** Returns the paths of texts that must be references. */
function literalSecrets(driver: Driver, own: Record<string, unknown>, { literals }: Resolved): Path[] {
  const secrets = [...driver.secrets, ...(driver.namedSecrets?.(own) ?? [])];
  const names = new Set(secrets.map((name) => name.toLowerCase()));
  return literals.filter((path) =>
    names.has(
      path
        .filter((part) => typeof part === "string")
        .join(".")
        .toLowerCase(),
    ),
  );
}

function overlap(a: Path, b: Path): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length).every((part, i) => part === b[i]);
}

/** Checks what the schema cannot check, also beside keys that do not fit it: so all problems are reported at once. */
function checkValues(
  common: Record<string, unknown>,
  issues: readonly { readonly path: readonly PropertyKey[] }[],
  base: Path,
  options: ReadOptions,
  report: Report,
): void {
  const wrong = new Set(issues.map(({ path }) => path[0]));
  const fitting = Object.fromEntries(Object.entries(common).filter(([key]) => !wrong.has(key)));
  const values = commonSchema.parse(fitting);
  // Which types are meant depends on the statuses.
  if (!wrong.has("statuses")) checkTypes(values, report);
  checkFilter(values.when, [...base, "when"], options);
}

/** An event type that does not exist would match nothing, silently. */
function checkTypes({ types, statuses }: CommonValues, report: Report): void {
  if (statuses?.includes("unrecognized") === true) return;
  for (const [i, type] of (types ?? []).entries())
    if (!eventTypes.some((known) => known === type))
      report(["types", i], `is not an event type of this version${suggestion(type, eventTypes)}`);
}

function checkFilter(when: string | undefined, path: Path, { report }: ReadOptions): void {
  try {
    if (when !== undefined) compileFilter(when);
  } catch (error) {
    if (!FilterError.isInstance(error)) throw error;
    const { summary, line, column, message } = error;
    const excerpt = message.slice(message.indexOf("\n") + 1);
    report({ path, message: summary, expression: { text: when as string, line, column, excerpt } });
  }
}

function optionsOf(name: string, common: CommonValues, { defaults }: Driver): DestinationOptions {
  const { types, statuses, skip, when, cooldown, concurrency, rate, timeout, retry } = common;
  return {
    name,
    types,
    statuses: statuses ?? ["accepted"],
    skip: skip ?? [],
    when,
    cooldown: cooldown === undefined ? undefined : { per: cooldown.per, forMs: cooldown.for },
    concurrency: concurrency ?? defaults.concurrency,
    rate: rate ?? defaults.rate,
    timeoutMs: timeout ?? defaults.timeoutMs,
    retry: {
      scheduleMs: retry?.schedule ?? defaultRetryScheduleMs,
      maxAgeMs: retry?.maxAge ?? defaultMaxAgeMs,
    },
  };
}
