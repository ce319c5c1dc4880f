import { configFileError } from "./config-error.js";
import { JsonSyntaxError, type JsonSource, parseJsonSource } from "./json-source.js";

/** @throws ConfigFileError with line and column if the text is not JSON */
export function parseJsonConfig(text: string, file: string): { value: unknown; source: JsonSource } {
  try {
    const source = parseJsonSource(text);
    return { value: source.value, source };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const { line, column } = error.position;
    throw configFileError(`${file}:${line}:${column}`, [
      { path: [], message: `is not valid JSON: ${error.message}` },
    ]);
  }
}
