import { cell, fieldsOf, reason, rowsOf, time } from "./cells.js";
import { print, type Shell, table } from "./shell.js";

/** Prints a delivery and its attempts. */
export function showDelivery(shell: Shell, fields: Readonly<Record<string, unknown>>): void {
  const rows = [
    ["id", cell(fields["id"])],
    ["event", cell(fields["eventId"])],
    ["type", cell(fields["eventType"])],
    ["destination", cell(fields["destination"])],
    ["state", cell(fields["state"])],
    ["reason", reason(fields["reason"])],
    ["created", time(fields["createdAt"])],
    ["due", time(fields["dueAt"])],
    ["finished", time(fields["finishedAt"])],
  ];
  if (typeof fields["replay"] === "string") rows.push(["replay", cell(fields["replay"])]);
  if (typeof fields["heldBy"] === "string") rows.push(["held by", cell(fields["heldBy"])]);
  print(shell, table(rows));
  const attempts = rowsOf(fields["attempts"]);
  if (attempts.length === 0) return;
  const lines = attempts.map((attempt) => [
    cell(attempt["number"]),
    time(attempt["startedAt"]),
    `${cell(attempt["durationMs"])} ms`,
    cell(attempt["outcome"]),
    reason(attempt["reason"]),
  ]);
  print(shell, `\n${table([["attempt", "started", "duration", "outcome", "reason"], ...lines])}`);
  const { excerpt } = fieldsOf(attempts.at(-1)?.["reason"]);
  if (typeof excerpt === "string" && excerpt !== "") print(shell, `\nlast answer: ${cell(excerpt)}`);
}
