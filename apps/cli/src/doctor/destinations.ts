import { cell, numberOf, reason, rowsOf, seconds } from "../cells.js";
import { explainAnswer } from "./answers.js";
import { type Finding, findingsOf } from "./finding.js";
import type { Answer } from "./probe.js";

const finding = findingsOf("destinations");
/** Longest time for which something may be due at a destination that is ready. */
const alarmSeconds = 120;

/** Names the destinations that do not get events, or too late. */
export function checkDestinations(answer: Answer): Finding[] {
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
    const action = actions[state]?.(name);
    if (action !== undefined) return [finding("warning", `${name} is ${state}: ${details}`, action)];
    if (typeof due === "number" && due > alarmSeconds)
      return [finding("warning", `${name} is late: ${details}`, "look at the log of the server")];
    const dead = row["dead"];
    if (typeof dead === "number" && dead > 0)
      return [
        finding(
          "warning",
          `${name} has dead letters: ${dead}`,
          `sessionhook deliveries list --state dead, then sessionhook replay --destination ${name}`,
        ),
      ];
    return [];
  });
  return findings.length > 0
    ? findings
    : [finding("ok", `${numberOf(rows.length, "destination")}, none late or held`)];
}

const actions: Readonly<Record<string, (name: string) => string>> = {
  blocked: (name) =>
    `it refuses everything, such as for a revoked token: correct that, then sessionhook destinations resume ${name}`,
  cooling: () => "many attempts failed, the system is probably down; a probe follows by itself",
  paused: (name) => `an operator paused it: sessionhook destinations resume ${name}`,
  orphaned: () => "it is not in the configuration file: put it back, or ignore its deliveries",
};
