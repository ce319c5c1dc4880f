// Adapts the schemas to jsonschema2pojo. It would generate Object for `anyOf: [X, null]`, although every reference in Java
// can be null, and an empty class instead of a Map for an object without fields.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

function prepared(node) {
  if (Array.isArray(node)) return node.map(prepared);
  if (typeof node !== "object" || node === null) return node;
  const { anyOf, ...rest } = Object.fromEntries(
    Object.entries(node).map(([keyword, value]) => [keyword, prepared(value)]),
  );
  if ([rest.type].flat().includes("object") && rest.properties === undefined)
    return { ...rest, existingJavaType: "java.util.Map<String, Object>" };
  if (anyOf === undefined) return rest;
  const [first, second] = anyOf;
  return anyOf.length === 2 && second.type === "null" ? { ...rest, ...first } : { ...rest, anyOf };
}

const { events } = JSON.parse(readFileSync(process.argv[2], "utf8"));
rmSync("generated", { recursive: true, force: true });
for (const { schema, title, module } of events) {
  mkdirSync(`generated/${module}`, { recursive: true });
  const text = prepared(JSON.parse(readFileSync(schema, "utf8")));
  writeFileSync(`generated/${module}/${title}.json`, JSON.stringify(text, null, 2));
}
