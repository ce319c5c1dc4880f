import { ConfigurationError, generateSecret, SigningSecrets, type VerifyOptions } from "@sessionhook/core";
import process from "node:process";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { currentSecrets } from "./current-secrets.js";

type Secrets = VerifyOptions["secrets"] | undefined;

const [one, two] = [generateSecret(), generateSecret()];

const unhandled = vi.fn<(reason: unknown) => void>();
beforeEach(() => void process.on("unhandledRejection", unhandled));
afterEach(() => {
  process.off("unhandledRejection", unhandled);
  unhandled.mockClear();
});

it("prepares fixed secrets once, at once", () => {
  expect(() => currentSecrets("whsec_")).toThrow(ConfigurationError);
  expect(() => currentSecrets(undefined)).toThrow("No signing secret is configured: secrets is undefined");
  const read = currentSecrets([one, two]);
  expect(read()).toBe(read());
  const prepared = new SigningSecrets(one);
  expect(currentSecrets(prepared)()).toBe(prepared);
});

it("calls a function each time, and prepares its secrets only when they differ", () => {
  let given: Secrets = one;
  const secrets = vi.fn<() => Secrets>(() => given);
  const read = currentSecrets(secrets);
  expect(secrets).not.toHaveBeenCalled();
  const first = read();
  given = `${one.slice(0, 10)}${one.slice(10)}`;
  expect(read()).toBe(first);
  const own = [one];
  given = own;
  const list = read();
  expect(list).not.toBe(first);
  given = [one];
  expect(read()).toBe(list);
  given = own;
  own.push(two);
  const both = read();
  expect(both).not.toBe(list);
  given = [two, one];
  expect(read()).not.toBe(both);
  given = new SigningSecrets(two);
  expect(read()).toBe(given);
  expect(secrets).toHaveBeenCalledTimes(7);
});

it("uses no secret any more that a function no longer returns", () => {
  let given: Secrets;
  const read = currentSecrets(() => given);
  for (const absent of [undefined, "", []]) {
    given = one;
    read();
    given = absent;
    for (let i = 0; i < 2; i++) expect(read).toThrow(ConfigurationError);
  }
  expect(() => currentSecrets(() => undefined)()).toThrow("The function secrets returned undefined");
});

it("names a promise as the cause, and handles its rejection", async () => {
  const reject = () => Promise.reject(new Error("vault"));
  const promises: (() => unknown)[] = [async () => one, reject, () => [reject(), one]];
  for (const secrets of promises) {
    const read = currentSecrets(secrets as () => Secrets);
    expect(read).toThrow("The function secrets returned a promise: await it first");
    expect(() => currentSecrets(secrets() as Secrets)).toThrow("secrets is a promise: await it first");
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(unhandled).not.toHaveBeenCalled();
});
