/** The part of JSON Schema the published files are made of. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: string;
  readonly title?: string;
  readonly description?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly if?: Schema;
  readonly else?: Schema;
  readonly examples?: readonly unknown[];
  readonly [keyword: string]: unknown;
}

/** The name behind a `$ref`, wherever the document keeps its definitions. */
export function referenceName({ $ref }: Schema): string | undefined {
  return $ref?.replace(/^.*\//, "");
}
