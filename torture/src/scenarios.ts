import { kill9 } from "./scenarios/kill-9.ts";
import type { Scenario } from "./scenario.ts";

export const scenarios: readonly Scenario[] = [kill9];
