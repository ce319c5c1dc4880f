import type { FactDefinition } from "../src/facts/definition.ts";

/** Returns the type of the flat row: every fact is optional, and a misspelt one does not compile. */
export function emitFactsType(definitions: readonly FactDefinition[]): string {
  const fields = definitions.map(
    ({ name, path, description, ...definition }) =>
      `  /** \`${path}\`: ${plain(description)} */\n  readonly ${name}?: ${typeOf(definition)} | undefined;\n`,
  );
  return `/** The flat row derived from one event. An absent fact has no key. */\nexport interface Facts {\n${fields.join("")}}\n`;
}

function typeOf({ type, values }: Pick<FactDefinition, "type" | "values">): string {
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(" | ");
  return type === "string[]" ? "readonly string[]" : type;
}

function plain(description: string): string {
  if (description.includes("*/")) throw new Error("a description would end its comment");
  return description;
}

/** Domains of mailbox providers and forwarding services that the package lacks. */
const more = [
  "anonaddy.com",
  "hey.com",
  "keemail.me",
  "mailbox.org",
  "mozmail.com",
  "passinbox.com",
  "passmail.net",
  "privaterelay.appleid.com",
  "simplelogin.com",
  "startmail.com",
  "sympatico.ca",
  "tuta.com",
  "tutamail.com",
  "tutanota.com",
  "zohomail.eu",
];

/** Returns the module with the freemail domains: one text, which parses faster than an array. */
export function emitFreemailDomains(packaged: readonly string[]): string {
  const domains = [...new Set([...packaged, ...more].map((domain) => domain.toLowerCase()))].toSorted();
  return `/** Domains of free and disposable mailboxes. */
export const freemailDomains: ReadonlySet<string> = /* @__PURE__ */ new Set(
  \`${domains.join("\n")}\`.split("\\n"),
);
`;
}
