import type { RuntimeContext } from "./context.js";

/** One promise of the HTTP interface. */
export interface RuntimeCase {
  readonly name: string;
  /** What the case needs beside fetch; where the target lacks it, an exception below must say so. */
  readonly needs?: "socket";
  /** Runtimes that do not pass this case, each with the reason. Nothing else is excepted anywhere. */
  readonly except?: Readonly<Record<string, string>>;
  readonly run: (context: RuntimeContext) => Promise<void>;
}
