/** The part of JSON Schema that the event schemas use. The generator of the compiled check rejects any other keyword. */
export interface SchemaNode {
  readonly type?: string | readonly string[];
  readonly const?: string;
  readonly $ref?: string;
  readonly anyOf?: readonly SchemaNode[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly if?: SchemaNode;
  readonly else?: SchemaNode;
}

/** Definitions by name. */
export type Definitions = Readonly<Record<string, SchemaNode>>;

/** A schema with its definitions. */
export interface RootSchema extends SchemaNode {
  readonly $defs: Definitions;
}
