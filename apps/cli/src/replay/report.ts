import { cell, fieldsOf, numberOf, rowsOf, time } from "../cells.js";
import { ownCommand } from "../own-command.js";
import { print, type Shell, shellQuoted, table } from "../shell.js";

type Fields = Readonly<Record<string, unknown>>;

/** Returns how many deliveries were counted: `120 deliveries`, or `more than 120 deliveries`. */
export function countOf({ matched, exact }: Fields): string {
  return `${exact === false ? "more than " : ""}${numberOf(matched, "delivery", "deliveries")}`;
}

/** Prints the result of a dry run. */
export function printPreview(shell: Shell, fields: Fields): void {
  print(shell, `${countOf(fields)} would be created`);
  const samples = rowsOf(fields["samples"]);
  if (samples.length === 0) return;
  const lines = samples.map((sample) => [
    time(sample["receivedAt"]),
    cell(sample["destination"]),
    cell(sample["eventType"]),
    cell(sample["eventId"]),
  ]);
  print(shell, `\n${table([["received", "destination", "type", "event"], ...lines])}`);
}

/** Prints how a replay ended, and the command that shows its deliveries. */
export function printEnd(shell: Shell, fields: Fields): void {
  const counts = Object.entries(fieldsOf(fields["counts"])).filter(([, count]) => count !== 0);
  const id = cell(fields["id"]);
  const destinations = namesOf(fields);
  print(
    shell,
    table([
      ["replay", id],
      destinations.length === 1
        ? ["destination", destinations.join()]
        : ["destinations", destinationsOf(fields)],
      ["state", cell(fields["state"])],
      ["created", cell(fields["matched"])],
      ...counts.map(([state, count]) => [cell(state), cell(count)]),
    ]),
  );
  if (fields["matched"] !== 0) printNext(shell, id);
}

/** Returns the destinations of a replay: their names, or `all`. */
export function destinationsOf(fields: Fields): string {
  return namesOf(fields).join(", ") || "all";
}

function namesOf(fields: Fields): string[] {
  const names = fieldsOf(fields["spec"])["destinations"];
  return Array.isArray(names) ? names.map((name) => cell(name)) : [];
}

/** Prints the command that shows the deliveries of a replay. */
export function printNext(shell: Shell, id: string): void {
  const command = ownCommand(shell, `deliveries list --replay ${shellQuoted(id)}`);
  print(shell, `\nWatch its deliveries: ${command}`);
}
