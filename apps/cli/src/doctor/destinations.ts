import { lateDeliveryMs } from "@sessionhook/core/limits";
import { cell, numberOf, reason, rowsOf, seconds } from "../cells.js";
import { ownCommand } from "../own-command.js";
import { type Shell } from "../shell.js";
import { explainAnswer } from "./answers.js";
import { type Finding, findingsOf } from "./finding.js";
import type { Answer } from "./probe.js";

const finding = findingsOf("destinations");

/** Names the destinations that do not get events, or too late. */
export function checkDestinations(shell: Shell, answer: Answer): Finding[] {
  if (answer.status === 404 && answer.fields["code"] === "not_found")
    return [finding("ok", "this server delivers nothing")];
  if (answer.status !== 200 || !Array.isArray(answer.fields["destinations"]))
    return [explainAnswer(finding, answer)];
  const rows = rowsOf(answer.fields["destinations"]);
  const findings = rows.flatMap((row) => {
    const state = cell(row["state"]);
    const name = cell(row["name"]);
    const due = row["oldestDueSeconds"];
    const details = [
      `${cell(row["open"])} open`,
      ...(typeof due === "number" && due > 0 ? [`the oldest due for ${seconds(due)}`] : []),
      ...(row["reason"] === null || row["reason"] === undefined ? [] : [`reason ${reason(row["reason"])}`]),
    ].join(", ");
    const resume = ownCommand(shell, `destinations resume ${name}`);
    const discard = ownCommand(shell, `destinations discard ${name} --yes`);
    // One without open deliveries holds nothing up; it stays in the list.
    if (state === "orphaned" && row["open"] === 0) return [];
    const action = actions[state]?.(resume, reason(row["reason"]), discard);
    if (action !== undefined) return [finding("warning", `${name} is ${state}: ${details}`, action)];
    if (typeof due === "number" && due > lateDeliveryMs / 1000)
      return [finding("warning", `${name} is late: ${details}`, "look at the log of the server")];
    const dead = row["dead"];
    if (typeof dead === "number" && dead > 0)
      return [
        finding(
          "warning",
          `${name} has dead letters: ${dead}`,
          `${ownCommand(shell, `deliveries list --state dead --destination ${name}`)}, then ${ownCommand(shell, `replay --destination ${name}`)}`,
        ),
      ];
    return [];
  });
  return findings.length > 0
    ? findings
    : [finding("ok", `${numberOf(rows.length, "destination")}, none late or held`)];
}

/**
 * Returns the number of destinations that the configuration of the server has; undefined if the answer does not list them.
 */
export function configuredDestinations({ status, fields }: Answer): number | undefined {
  if (status !== 200 || !Array.isArray(fields["destinations"])) return undefined;
  return rowsOf(fields["destinations"]).filter((row) => row["state"] !== "orphaned").length;
}

const actions: Readonly<Record<string, (resume: string, code: string, discard: string) => string>> = {
  blocked: (resume, code) => `${corrections[code] ?? defaultCorrection}, then ${resume}`,
  cooling: () => "many attempts failed, the system is probably down; a probe follows by itself",
  paused: (resume) => `an operator paused it: ${resume}`,
  orphaned: (_, __, discard) =>
    `it is not in the configuration file: put it back; until then its open deliveries and their events stay. If it was removed for good: ${discard}`,
};

const defaultCorrection = "it refuses everything, such as for a revoked token: correct that";

/** The step that removes the cause of a blocked destination, by the code of the reason. */
const corrections: Readonly<Record<string, string>> = {
  not_a_folder:
    "its path leads to or through a file: move that file, or correct the path in the configuration",
  not_permitted:
    "the server may not write to its folder, or on Deno may not connect to it: grant its user or process that permission; on Deno with NODE_EXTRA_CA_CERTS, use DENO_CERT instead",
  disk_full: "the disk of its folder is full: free space",
  http_410: "its URL is gone for good (410): correct the URL in the configuration",
  address_not_allowed:
    'its host has a private or local address: correct the URL, or set "network": "private" if it is meant',
  address_reserved:
    "its host has a reserved address, or one of IPv4 inside IPv6 (NAT64), which is never allowed: correct the URL or the DNS entry",
  metadata_address: "its host is the metadata service of a cloud, which is never allowed: correct the URL",
};
