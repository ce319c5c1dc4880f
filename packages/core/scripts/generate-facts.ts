import { fileURLToPath } from "node:url";
import type { FactDefinition } from "../src/facts/definition.ts";
import { emitFactsPage, type FactLimits } from "./emit-facts-page.ts";
import { emitFactsType, emitFreemailDomains } from "./emit-facts.ts";

const folder = fileURLToPath(new URL("../src/facts/generated/", import.meta.url));
const page = fileURLToPath(new URL("../../../docs/facts.md", import.meta.url));

const header = `// Generated from packages/core/src/facts: npx pnpm --filter @sessionhook/core generate\n\n`;
const listHeader = `// Generated from the npm package free-email-domains (MIT, copyright Kiko Beats), so that its install script, which
// fetches lists from the network, runs nowhere: npx pnpm --filter @sessionhook/core generate

`;

/** Returns the generated module of the freemail domains, which the definitions import: generate it first. */
export function generateFreemailDomains(packaged: readonly string[]): [path: string, source: string] {
  return [`${folder}freemail-domains.ts`, listHeader + emitFreemailDomains(packaged)];
}

/** Returns the type of the row and docs/facts.md by their paths. */
export function generateFacts(
  definitions: readonly FactDefinition[],
  limits: FactLimits,
): [path: string, source: string][] {
  return [
    [`${folder}facts.ts`, header + emitFactsType(definitions)],
    [page, emitFactsPage(definitions, limits)],
  ];
}
