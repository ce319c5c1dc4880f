// usage: generate-samples.mjs <inputs> <module of the types, with * for the name of the type if each type has a module>
// Writes every payload as a constant of the generated type of its event, which the compiler then checks: a valid one must
// fit the type, an invalid one must not.
import { readFileSync, writeFileSync } from "node:fs";

const [, , inputsFile, module] = process.argv;
const { events, payloads } = JSON.parse(readFileSync(inputsFile, "utf8"));
const titles = Object.fromEntries(events.map(({ type, title }) => [type, title]));
const valid = payloads.filter(({ paths }) => paths.length === 0);
// Types cannot express that an event needs either a timestamp or an id and a time, nor that a number must be an integer.
const beyondTypes = new Set(["created-fractional", "envelope-neither-old-nor-new", "id-missing"]);
const invalid = payloads.filter(({ name, paths }) => paths.length > 0 && !beyondTypes.has(name));

const sample = ({ type, file }) => {
  const value = JSON.stringify(JSON.parse(readFileSync(file, "utf8")));
  return `{ type: ${JSON.stringify(type)}, event: ${value} satisfies Open<${titles[type]}> }`;
};
const lines = [
  ...Object.values(titles).map((title) => `import type { ${title} } from "${module.replace("*", title)}";`),
  "",
  "/** The type, with further fields in every object: the provider may send them. */",
  "type Open<T> = T extends readonly (infer Item)[]",
  "  ? Open<Item>[]",
  "  : T extends object ? { [Key in keyof T]: Open<T[Key]> } & { [key: string]: unknown } : T;",
  "",
  "export const valid = {",
  ...valid.map((payload) => `  ${JSON.stringify(payload.name)}: ${sample(payload)},`),
  "};",
  "",
  "export const invalid = {",
  // Without an error in the next line, the compiler reports the comment.
  ...invalid.flatMap((payload) => [
    "  // @ts-expect-error",
    `  ${JSON.stringify(payload.name)}: ${sample(payload)},`,
  ]),
  "};",
];
writeFileSync("generated/samples.ts", `${lines.join("\n")}\n`);
