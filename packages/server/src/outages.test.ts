import { configure, type LogRecord, reset } from "@logtape/logtape";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Outages } from "./outages.js";

const records: LogRecord[] = [];
const logged = () =>
  records
    .splice(0)
    .map(({ rawMessage, properties }) =>
      [rawMessage, properties["reason"]].filter((part) => part !== undefined).join(": "),
    );

beforeEach(() =>
  configure({
    sinks: { records: (record) => void records.push(record) },
    loggers: [
      { category: "sessionhook", sinks: ["records"] },
      { category: ["logtape", "meta"], sinks: [] },
    ],
  }),
);
afterEach(() => reset());

it("logs one outage of several connections, which ends with the last of them", () => {
  const outages = new Outages();
  const [reading, delivering, other] = [outages.connection(), outages.connection(), outages.connection()];
  other(undefined);
  reading("the file was removed");
  delivering("it cannot be opened");
  other("it cannot be opened");
  expect(logged()).toEqual(["the store cannot be used: the file was removed"]);
  reading(undefined);
  delivering(undefined);
  delivering(undefined);
  expect(logged()).toEqual([]);
  other(undefined);
  expect(logged()).toEqual(["the store can be used again"]);
});

it("logs each new reason of the connection that was first", () => {
  const outages = new Outages();
  const [one, other] = [outages.connection(), outages.connection()];
  one("removed");
  one("another database");
  other("removed");
  one(undefined);
  other("still removed");
  other(undefined);
  expect(logged()).toEqual([
    "the store cannot be used: removed",
    "the store cannot be used: another database",
    "the store can be used again",
  ]);
});

it("logs nothing of connections that are closed at the end", () => {
  const outages = new Outages();
  const [reading, delivering] = [outages.connection(), outages.connection()];
  reading("The disk is full");
  expect(logged()).toEqual(["the store cannot be used: The disk is full"]);
  outages.end();
  reading(undefined);
  delivering("the file was removed");
  expect(logged()).toEqual([]);
});
