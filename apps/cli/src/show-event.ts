import { cell, numberOf, reason, rowsOf, time } from "./cells.js";
import { jsonFields } from "./http.js";
import { indented, members } from "./json-text.js";
import { escaped, harmless, print, type Shell, table } from "./shell.js";
import { isStructure, shown } from "./show-object.js";

type Fields = Readonly<Record<string, unknown>>;

/** Members that are shown in their own form, or only concern programs. */
const handled = new Set(
  "id version type status receivedAt attemptTimestamp signature issues total exact position versions deliveries payload".split(
    " ",
  ),
);

/** Prints a stored event: its facts, its issues, its other versions, its deliveries and its payload. */
export function showEvent(shell: Shell, json: string): void {
  const all = members(json);
  // Without the payload, which can be too deep to parse and has numbers that parsing would change.
  const known = all.filter(([name]) => handled.has(name) && name !== "payload");
  const fields = jsonFields(
    `{${known.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`,
  );
  const others = all.filter(([name]) => !handled.has(name));
  print(
    shell,
    table([
      ...rowsOfEvent(fields),
      ...others
        .filter(([, value]) => !isStructure(value))
        .map(([name, value]) => [harmless(name), harmless(shown(name, value))]),
    ]),
  );
  showIssues(shell, fields);
  showVersions(shell, fields);
  showDeliveries(shell, fields);
  for (const [name, value] of all) {
    if (name !== "payload" && (handled.has(name) || !isStructure(value) || value === "[]")) continue;
    if (name === "payload" && value === "null")
      print(shell, "\npayload: null or not JSON; --raw writes the body");
    else print(shell, `\n${harmless(name)}\n${escaped(indented(value))}`);
  }
}

function rowsOfEvent(fields: Fields): string[][] {
  const { id, version, type, status, receivedAt, attemptTimestamp, signature } = fields;
  const sent = typeof attemptTimestamp === "number" ? time(attemptTimestamp * 1000) : "-";
  return [
    ["id", cell(id)],
    // The first version is the only one of nearly every event.
    ...(version === undefined || version === 1 ? [] : [["version", cell(version)]]),
    ["type", cell(type)],
    ["status", cell(status)],
    ["received", time(receivedAt)],
    ...(attemptTimestamp === undefined ? [] : [["sent", sent]]),
    ...(signature === undefined ? [] : [["signature", cell(signature)]]),
  ];
}

function showIssues(shell: Shell, { issues, total, exact }: Fields): void {
  const rows = rowsOf(issues);
  if (rows.length === 0) return;
  const count = `${exact === false ? "more than " : ""}${numberOf(typeof total === "number" ? total : rows.length, "issue")}`;
  const listed = total === rows.length || total === undefined ? "" : `, the first ${rows.length}`;
  print(shell, `\n${count}${listed}`);
  print(shell, table(rows.map(({ path, message }) => [`  ${cell(path) || "(body)"}`, cell(message)])));
}

function showVersions(shell: Shell, { versions, version }: Fields): void {
  const rows = rowsOf(versions).filter((row) => row["version"] !== (version ?? 1));
  if (rows.length === 0) return;
  const lines = rows.map((row) => [cell(row["version"]), cell(row["status"]), time(row["receivedAt"])]);
  print(shell, `\nother versions (--event-version)\n${table([["version", "status", "received"], ...lines])}`);
}

function showDeliveries(shell: Shell, { deliveries }: Fields): void {
  const rows = rowsOf(deliveries);
  if (rows.length === 0) return;
  const lines = rows.map((row) => [
    cell(row["destination"]),
    cell(row["state"]),
    cell(row["attemptCount"]),
    reason(row["reason"]),
    cell(row["id"]),
  ]);
  print(shell, `\n${table([["destination", "state", "attempts", "reason", "delivery"], ...lines])}`);
}
