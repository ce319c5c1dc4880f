import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import * as limits from "../packages/core/src/limits.ts";
import { maxD1BodyBytes } from "../packages/stores/src/d1/append-events.ts";
import { largestChecked } from "../packages/stores/src/sqlite/inspect.ts";
import { defaultStoreAddress } from "../packages/stores/src/address.ts";
import { retryAfterSeconds } from "../packages/core/src/problem-codes.ts";

const read = (page: string) => readFileSync(new URL(`../${page}`, import.meta.url), "utf8");
/** Returns the rows of all tables of a page, each with one space between words. */
const rowsOf = (page: string) =>
  read(page)
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.replaceAll(/\s+/g, " "));

const mib = (bytes: number) => `${bytes / 1024 ** 2} MiB`;
const kib = (bytes: number) => `${bytes / 1024} KiB`;
const seconds = (ms: number) => `${ms / 1000} s`;
const count = (number: number) => number.toLocaleString("en-US");

it.each([
  ["HOST`, `PORT", `| \`${limits.defaultHost}\`, \`${limits.defaultPort}\` |`],
  ["SESSIONHOOK_STORE", `| \`${defaultStoreAddress}\` |`],
  ["SESSIONHOOK_SECRETS", `at most ${limits.maxSecrets}`],
  [
    "SESSIONHOOK_TOLERANCE_SECONDS",
    `| \`${limits.defaultToleranceSeconds}\` |`,
    `0 to ${limits.maxToleranceSeconds}`,
  ],
  ["SESSIONHOOK_MAX_BODY_BYTES", `| \`${limits.defaultMaxBodyBytes}\` |`, mib(limits.highestMaxBodyBytes)],
  [
    "SESSIONHOOK_BODY_TIMEOUT_SECONDS",
    `| \`${limits.defaultBodyTimeoutMs / 1000}\` |`,
    `1 to ${limits.highestBodyTimeoutMs / 1000}`,
  ],
  ["SESSIONHOOK_MAX_PENDING", `| \`${limits.defaultMaxPending}\` |`, `1 to ${limits.highestMaxPending}`],
])("docs/configuration.md gives the default and the range of %s", (name, ...facts) => {
  const row = rowsOf("docs/configuration.md").find((line) => line.startsWith(`| \`${name}\` |`));
  for (const fact of facts) expect(row).toContain(fact);
});

it.each([
  ["time for the headers to arrive", seconds(limits.headersTimeoutMs)],
  ["all headers together", kib(limits.maxHeaderBytes)],
  [
    `requests in memory, ${kib(limits.requestBytes)} each and their bodies`,
    mib(limits.defaultMemoryBudgetBytes),
  ],
  ["open connections (Node, Deno)", count(limits.maxConnections)],
  [
    "requests waiting behind another on their connection (Node, Deno)",
    `${limits.maxPipelined}, of all connections ${count(limits.maxPipelinedInAll)}`,
  ],
  ["signatures in one header", String(limits.maxSignatures)],
  ["message id", String(limits.maxIdLength)],
  ["issues listed per event", String(limits.maxIssues)],
  ["issues counted per event", count(limits.maxCountedIssues)],
  ["events in one durable batch", `${limits.maxBatchEvents} or ${mib(limits.maxBatchBytes)}`],
  ["SQLite file checked whole at start", `up to ${mib(largestChecked)}`],
  ["time for requests and sends when the app is stopped", seconds(limits.stopTimeoutMs)],
])("docs/configuration.md gives the limit: %s", (name, value) => {
  const rows = rowsOf("docs/configuration.md").filter((line) => line.startsWith(`| ${name} |`));
  expect(rows).toEqual([expect.stringContaining(`| ${value}`)]);
});

it.each([
  `| ${mib(limits.defaultMaxBodyBytes)} a body`,
  `| ${mib(limits.defaultMemoryBudgetBytes)} of requests in memory: ${kib(limits.requestBytes)} each`,
  `| ${count(limits.maxConnections)} connections on Node and Deno:`,
  `| ${limits.maxPipelined} requests waiting behind another on one connection, ${count(limits.maxPipelinedInAll)} in all (Node, Deno);`,
  `| ${seconds(limits.defaultBodyTimeoutMs)} for a body; ${seconds(limits.headersTimeoutMs)} for headers (Bun: about 12 s) and ${kib(limits.maxHeaderBytes)} of them |`,
  `| ${limits.defaultMaxPending} events waiting`,
  `| ${limits.maxSignatures} signatures a header, ${limits.maxSecrets} secrets`,
  `| ${limits.maxIssues} issues listed for an event, ${count(limits.maxCountedIssues)} counted |`,
])("SECURITY.md: %s", (start) => {
  expect(rowsOf("SECURITY.md").some((row) => row.startsWith(start))).toBe(true);
});

it("docs/guarantees.md gives the numbers of connections and of pipelined requests", () => {
  const numbers = `${count(limits.maxConnections)} connections and ${count(limits.maxPipelinedInAll)} pipelined requests`;
  expect(read("docs/guarantees.md")).toContain(`hold ${numbers} at most`);
});

it("docs/configuration.md gives the largest body of D1", () => {
  expect(read("docs/configuration.md")).toContain(`at most ${maxD1BodyBytes},`);
});

it("docs/http-api.md gives the seconds of Retry-After, the page sizes and the limits of issues", () => {
  const row = rowsOf("docs/http-api.md").find((line) => line.startsWith("| 503 + Retry-After |"));
  for (const [code, after] of Object.entries(retryAfterSeconds))
    expect(row).toContain(`\`${code}\` (${after} s)`);
  expect(read("docs/http-api.md")).toContain(`1 to ${limits.maxPageSize}, default ${limits.defaultPageSize}`);
  expect(read("docs/http-api.md")).toContain(`at most ${limits.maxIssues} issues`);
  expect(read("docs/http-api.md")).toContain(`stopped at ${count(limits.maxCountedIssues)}`);
});
