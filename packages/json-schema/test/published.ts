import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { EventType } from "@sessionhook/core";
import { Ajv, type ValidateFunction } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type Draft, schemaFile } from "../scripts/drafts.js";
import type { Node } from "../scripts/node.js";

const root = fileURLToPath(new URL("../", import.meta.url));
export const readText = (path: string) => readFileSync(`${root}${path}`, "utf8");
export const readJson = (path: string): unknown => JSON.parse(readText(path));

/** Returns the data files that are generated from core, as paths relative to the package. */
export function publishedFiles(): string[] {
  const json = (folder: string) =>
    readdirSync(`${root}${folder}`)
      .filter((name) => name.endsWith(".json") || name === "README.md")
      .map((name) => `${folder}${name}`);
  // config.schema.json is generated and checked by packages/app.
  const others = new Set(["package.json", "README.md", "config.schema.json"]);
  const own = json("").filter((name) => !others.has(name));
  const folders = ["draft-07/", "codegen/", "codegen/java/", "examples/", "vectors/"];
  return [...own, ...folders.flatMap((folder) => json(folder))].toSorted();
}

/** `events` is the union of all types. */
export type SchemaName = EventType | "events";

export const schemaOf = (draft: Draft, type: SchemaName) => readJson(schemaFile(draft, type)) as Node;

// The options that users of the schemas need: strict schema checks, formats as annotations.
const options = { strict: true, allowUnionTypes: true, validateFormats: false, allErrors: true } as const;

/** Compiles the committed schema file with the ajv class of its draft. */
export function validatorOf(draft: Draft, type: SchemaName): ValidateFunction {
  const ajv = draft === "draft-07" ? new Ajv(options) : new Ajv2020(options);
  return ajv.compile(schemaOf(draft, type));
}
