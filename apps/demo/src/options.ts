import { parseArgs } from "node:util";

/** Settings from the command line. */
export interface DemoOptions {
  /** Sessions of the history. */
  readonly sessions: number;
  /** Seconds from one live session to the next. */
  readonly every: number;
  readonly seed: number;
  readonly help: boolean;
}

export const usage = `Usage: npm run demo -- [options]

Starts Sessionhook on a temporary store with two weeks of simulated history and a stream of new sessions, and prints a link
that signs you in. Ctrl-C stops it and removes the store.

  --sessions <n>      sessions of the history, 100 to 20000 (default 2000)
  --every <seconds>   time from one new session to the next, 0.1 to 3600 (default 4)
  --seed <n>          other people and companies (default 7)
  --help              this text

Environment: HOST, PORT (default: 8787, or a free port if that is in use), LOG_LEVEL.
`;

/** @throws Error with a message for the user */
export function readOptions(args: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      sessions: { type: "string", default: "2000" },
      every: { type: "string", default: "4" },
      seed: { type: "string", default: "7" },
      help: { type: "boolean", default: false },
    },
  });
  return {
    sessions: numberOf("--sessions", values.sessions, 100, 20_000, true),
    every: numberOf("--every", values.every, 0.1, 3600, false),
    seed: numberOf("--seed", values.seed, 0, Number.MAX_SAFE_INTEGER, true),
    help: values.help,
  };
}

function numberOf(name: string, text: string, min: number, max: number, whole: boolean): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
  throw new Error(`${name} must be ${whole ? "an integer" : "a number"} from ${min} to ${max}`);
}
