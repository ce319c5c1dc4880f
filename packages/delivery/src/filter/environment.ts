import { Environment } from "@marcbachmann/cel-js";
import { type FactDefinition, factDefinitions } from "@sessionhook/core/facts";
import { like } from "./like.js";

export const maxNodes = 500;
export const maxDepth = 24;

const celTypes = { string: "string", number: "double", boolean: "bool", "string[]": "list<string>" } as const;

/** Arithmetic of a double and an integer, which CEL does not define. Facts are doubles, literals often integers. */
const mixed: Readonly<Record<string, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
};

function registerNumbers(environment: Environment): void {
  for (const [operator, calculate] of Object.entries(mixed))
    for (const types of [`double ${operator} int`, `int ${operator} double`])
      environment.registerOperator(`${types}: double`, (left: number | bigint, right: number | bigint) =>
        calculate(Number(left), Number(right)),
      );
  // The other three of == and != follow from this one.
  environment.registerOperator(
    "double == int: bool",
    (left: number, right: bigint) => left === Number(right),
  );
  environment.registerOperator("double in list<int>: bool", (left: number, right: readonly bigint[]) =>
    right.some((entry) => Number(entry) === left),
  );
}

/** Facts by group and field: `fields.person.email`. A fact without a group is in `lists`. */
export function groupsOf(definitions: readonly FactDefinition[]) {
  const fields: Record<string, Record<string, FactDefinition>> = {};
  const lists: Record<string, FactDefinition> = {};
  for (const definition of definitions) {
    const [group = "", field] = definition.path.split(".");
    if (field === undefined) lists[group] = definition;
    else (fields[group] ??= {})[field] = definition;
  }
  return { fields, lists };
}

export const factGroups = groupsOf(factDefinitions);

function createEnvironment(): Environment {
  const environment = new Environment({
    limits: { maxAstNodes: maxNodes, maxDepth, maxListElements: maxNodes },
  });
  for (const [name, group] of Object.entries(factGroups.fields)) {
    const schema = Object.entries(group).map(([field, { type }]) => [field, celTypes[type]] as const);
    environment.registerVariable({ name, schema: Object.fromEntries(schema) });
  }
  for (const [name, { type }] of Object.entries(factGroups.lists))
    environment.registerVariable(name, celTypes[type]);
  environment.registerFunction("string.like(string): bool", like);
  registerNumbers(environment);
  return environment;
}

let shared: Environment | undefined;

/** Returns the environment of all filters; creating it takes some milliseconds, so the first filter does it. */
export function filterEnvironment(): Environment {
  return (shared ??= createEnvironment());
}
