import { pathLeftoverOf } from "@sessionhook/stores/address";

/** Thrown by a reader for a text that it does not accept. The message does not quote the text. */
export class SettingError extends Error {}

/** Reads the text of one setting. zod would be a third of what an app loads before it listens. */
export type Reader<Value> = (text: string) => Value;

export const anyText: Reader<string> = (text) => text;

export function textLike(pattern: RegExp, message: string): Reader<string> {
  return (text) => {
    if (!pattern.test(text)) throw new SettingError(message);
    return text;
  };
}

export function oneOf<const Word extends string>(...words: readonly Word[]): Reader<Word> {
  return (text) => {
    const word = words.find((each) => each === text);
    if (word === undefined) throw new SettingError(`must be one of ${words.join(", ")}`);
    return word;
  };
}

export function wholeNumber(min: number, max: number): Reader<number> {
  return (text) => {
    const value = /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
    if (value === undefined || value < min || value > max)
      throw new SettingError(`must be an integer from ${min} to ${max}`);
    return value;
  };
}

/** Returns why a text cannot be a path of a file; undefined if it can. */
export function pathProblem(path: string): string | undefined {
  return path === "" ? "must not be empty" : pathLeftoverOf(path);
}

export const pathText: Reader<string> = (text) => {
  const problem = pathProblem(text);
  if (problem !== undefined) throw new SettingError(problem);
  return text;
};
