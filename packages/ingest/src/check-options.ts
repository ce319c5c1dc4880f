import { ConfigurationError } from "@sessionhook/core";

/** @throws ConfigurationError `invalid_option`, always */
export function refuseOption(message: string): never {
  throw new ConfigurationError("invalid_option", message);
}

/** Checks what every value among `names` of the options must be, unless it is undefined. @throws ConfigurationError */
export function checkOptionTypes<Options extends object>(
  options: Options,
  type: keyof typeof types,
  names: readonly (keyof Options & string)[],
): void {
  const [description, fits] = types[type];
  for (const name of names) {
    const value: unknown = options[name];
    if (value !== undefined && !fits(value)) refuseOption(`${name} must be ${description}`);
  }
}

const types = {
  boolean: ["true or false", (value: unknown) => typeof value === "boolean"],
  function: ["a function", (value: unknown) => typeof value === "function"],
  number: ["a number, 0 or more", (value: unknown) => typeof value === "number" && value >= 0],
  store: [
    "a store with append(events), such as openSqliteStore or createMemoryStore returns",
    (value: unknown) => typeof (value as { readonly append?: unknown } | null)?.append === "function",
  ],
} as const satisfies Record<string, readonly [string, (value: unknown) => boolean]>;
