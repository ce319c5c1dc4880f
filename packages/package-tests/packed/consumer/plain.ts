import { type SendContext, unwrap } from "@sessionhook/core";
import { factsOf } from "@sessionhook/core/facts";
import { Webhook } from "@sessionhook/core/standardwebhooks";

/** A program without the types of the DOM or of Node. */
export function stop({ signal }: SendContext): boolean {
  // @ts-expect-error: the type is the real one, and not any
  const wrong: number = signal;
  signal.addEventListener("abort", () => undefined);
  return signal.aborted && wrong > 0;
}
export const found = [unwrap, factsOf, Webhook];
