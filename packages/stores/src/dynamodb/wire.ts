import { AwsError } from "./aws-error.js";

/** Encodes an input as DynamoDB's JSON: the bytes of a `Uint8Array` (not of a Buffer) become base64. */
export function encode(input: object): string {
  return JSON.stringify(input, (_name, value: unknown) =>
    value instanceof Uint8Array
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64")
      : value,
  );
}

/** Decodes an output. Only an attribute value can have a text with the name `B`, which is bytes in base64. */
export function decode(text: string): unknown {
  return JSON.parse(text, (name, value: unknown) =>
    name === "B" && typeof value === "string" ? new Uint8Array(Buffer.from(value, "base64")) : value,
  );
}

/** Returns the error of an answer with a status other than 200. */
export function errorOf(text: string, answer: { status: number; clockWasWrong: boolean }): AwsError {
  let fields: { __type?: unknown; message?: unknown; Message?: unknown } = {};
  try {
    fields = JSON.parse(text) as typeof fields;
  } catch {
    // A proxy or load balancer answered; the status is sufficient.
  }
  const type = typeof fields.__type === "string" ? fields.__type : "";
  const message = fields.message ?? fields.Message;
  return new AwsError(type.slice(type.indexOf("#") + 1), typeof message === "string" ? message : "", answer);
}
