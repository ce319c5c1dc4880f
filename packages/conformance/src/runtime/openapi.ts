import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "vitest";

interface Content {
  readonly schema: object;
}
interface Described {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, Content>>;
}
interface Document {
  readonly paths: Record<string, Record<string, { readonly responses: Record<string, Described> }>>;
  readonly components: {
    readonly responses: Record<string, Described>;
    readonly schemas: Record<string, { type?: string; properties?: object; additionalProperties?: boolean }>;
  };
}

const id = "https://sessionhook.dev/openapi.json";

/** Loads the published document; in it, fields that the schemas do not have are errors, so that new ones are documented. */
function load() {
  const document = JSON.parse(
    readFileSync(new URL("../../../json-schema/openapi.json", import.meta.url), "utf8"),
  ) as Document;
  for (const schema of Object.values(document.components.schemas))
    if (schema.properties !== undefined) schema.additionalProperties = false;
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ $id: id, ...document });
  return { document, ajv };
}

let loaded: ReturnType<typeof load> | undefined;

/** Checks an answer against openapi.json: the status, the content type, and the body, in which every field must be known. */
export async function expectDocumented(method: string, path: string, answer: Response): Promise<void> {
  loaded ??= load();
  const { document, ajv } = loaded;
  const { [answer.status]: described } = document.paths[path]?.[method.toLowerCase()]?.responses ?? {};
  const name = described?.$ref?.split("/").at(-1) ?? "";
  const { content = {} } = document.components.responses[name] ?? described ?? {};
  const type = answer.headers.get("content-type")?.split(";")[0] ?? "";
  const what = `${method} ${path} ${answer.status} ${type}`;
  expect(content[type], what).toBeDefined();
  if (!/[/+]json$/.test(type)) return;
  const pointer =
    name === ""
      ? `#/paths/${escaped(path)}/${method.toLowerCase()}/responses/${answer.status}`
      : `#/components/responses/${name}`;
  const valid = ajv.validate(`${id}${pointer}/content/${escaped(type)}/schema`, await answer.json());
  expect(valid, `${what}: ${ajv.errorsText()}`).toBe(true);
}

/** A path as one step of a JSON pointer in a URL. */
const escaped = (step: string) => encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"));
