import { defaultPageSize } from "@sessionhook/core/limits";
import { cell, fieldsOf, time } from "../cells.js";
import { type ListOptions, printList } from "../print-list.js";
import type { Shell } from "../shell.js";
import { destinationsOf } from "./report.js";

/** Prints a page of the replays, newest first. */
export async function listReplays(
  shell: Shell,
  { limit = defaultPageSize, ...options }: Partial<ListOptions>,
): Promise<void> {
  await printList(
    shell,
    { ...options, limit },
    "replays",
    {},
    {
      started: (row) => time(row["createdAt"]),
      state: (row) => cell(row["state"]),
      kind: (row) => cell(fieldsOf(row["spec"])["kind"]),
      destinations: destinationsOf,
      created: (row) => cell(row["matched"]),
      delivered: (row) => cell(fieldsOf(row["counts"])["delivered"]),
      dead: (row) => cell(fieldsOf(row["counts"])["dead"]),
      id: (row) => cell(row["id"]),
    },
  );
}
