import type { RuntimeContext } from "./context.js";

/** One guarantee of the HTTP interface. */
export interface RuntimeCase {
  readonly name: string;
  /** Runtimes that do not pass this case, each with the reason. Nothing else is excepted anywhere. */
  readonly except?: Readonly<Record<string, string>>;
  readonly run: (context: RuntimeContext) => Promise<void>;
}
