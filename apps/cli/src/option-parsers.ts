import { InvalidArgumentError } from "commander";

/** Returns a parser for an integer within bounds, for commander. */
export function integer(min: number, max: number) {
  return (text: string): number => {
    const value = /^-?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(value) || value < min || value > max) {
      throw new InvalidArgumentError(`It must be an integer from ${min} to ${max}.`);
    }
    return value;
  };
}

/** Parses events per second: `50`, `0.5` or `50/s`. */
export function rate(text: string): number {
  const match = /^(\d{1,9}(?:\.\d{1,6})?)(?:\/s)?$/.exec(text);
  const value = Number(match?.[1]);
  if (match === null || !(value > 0)) {
    throw new InvalidArgumentError("It must be a number of events per second above 0, such as 50 or 50/s.");
  }
  return value;
}

/** Parses an absolute http or https URL without user name and password. */
export function httpUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new InvalidArgumentError("It must be a URL that starts with http:// or https://.");
  }
  if (url.username !== "" || url.password !== "") {
    throw new InvalidArgumentError("It must not hold a user name or password.");
  }
  return url;
}
