import { execFile } from "node:child_process";
import { DatabaseSync } from "node:sqlite";
import { promisify } from "node:util";
import { cliCommand } from "./apps.ts";
import type { Torture } from "./scenario.ts";

const views = ["sessions", "people", "companies", "page_views", "touches"] as const;

/**
 * Checks that the derived tables have what a rebuild derives from the log: nothing is missing or doubled, whenever the app was
 * killed. The app must have been stopped in the end.
 */
export async function checkDerived(torture: Torture): Promise<void> {
  const before = rowsOf(torture.file);
  torture.check((before.get("sessions")?.length ?? 0) > 0, "no session was derived: the test proves nothing");
  const [file, ...args] = cliCommand(torture.app, torture.file, ["derive", "rebuild"]);
  await promisify(execFile)(file, args);
  const after = rowsOf(torture.file);
  for (const view of views) {
    const [had, has] = [before.get(view) ?? [], after.get(view) ?? []];
    const differ = had.length !== has.length || had.some((row, index) => row !== has[index]);
    torture.check(!differ, `${view}: ${had.length} rows differ from the ${has.length} of a rebuild`);
  }
}

function rowsOf(file: string): ReadonlyMap<string, readonly string[]> {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return new Map(
      views.map((view) => [
        view,
        db
          .prepare(`SELECT * FROM ${view}`)
          .all()
          .map((row) => JSON.stringify(row))
          .toSorted(),
      ]),
    );
  } finally {
    db.close();
  }
}
