import { cell, fieldsOf, numberOf, rowsOf, time } from "../cells.js";
import { print, type Shell, table } from "../shell.js";

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

/** Prints how a replay ended. */
export function printEnd(shell: Shell, fields: Fields): void {
  const counts = Object.entries(fieldsOf(fields["counts"])).filter(([, count]) => count !== 0);
  print(
    shell,
    table([
      ["replay", cell(fields["id"])],
      ["state", cell(fields["state"])],
      ["created", cell(fields["matched"])],
      ...counts.map(([state, count]) => [cell(state), cell(count)]),
    ]),
  );
}
