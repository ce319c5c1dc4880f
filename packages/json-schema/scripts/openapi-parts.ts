/** Parts that the schemas and paths of the admin API share. */

export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
export const nullable = (type: string, description: string) => ({ type: [type, "null"], description });
export const text = (description: string) => ({ type: "string", description });
export const count = (description: string) => ({ type: "integer", description });
export const milliseconds = (description: string) => ({
  type: "number",
  description: `${description}, Unix milliseconds.`,
});
export const millisecondsOrNull = (description: string) => ({
  type: ["number", "null"],
  description: `${description}, Unix milliseconds.`,
});
export const listOf = (schema: string, description: string) => ({
  type: "array",
  items: ref(schema),
  description,
});
/** A component, or null. */
export const orNull = (schema: string, description: string) => ({
  anyOf: [ref(schema), { type: "null" }],
  description,
});

export const object = (
  title: string,
  description: string,
  properties: Record<string, object>,
  optional: Record<string, object> = {},
) => ({
  type: "object",
  title,
  description,
  properties: { ...properties, ...optional },
  ...(Object.keys(properties).length === 0 ? {} : { required: Object.keys(properties) }),
});
