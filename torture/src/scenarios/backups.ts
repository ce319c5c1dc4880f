import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cliCommand } from "../apps.ts";
import { audit } from "../audit.ts";
import { outsidePrograms, repeatedly, runOutside } from "../outside.ts";
import type { Scenario, Torture } from "../scenario.ts";
import { kill9 } from "../faults.ts";
import { pause } from "../wait.ts";

/** Backups of a busy database, by our own command and by others; each must contain the events acknowledged before it began. */
export const backups: Scenario = {
  name: "backups",
  run: async (torture) => {
    const programs = outsidePrograms();
    const folder = join(torture.folder, "backups");
    mkdirSync(folder);
    const ways = new Map<string, (out: string) => readonly [string, ...string[]]>();
    for (const [name, program] of programs)
      for (const action of ["backup", "vacuum"] as const)
        ways.set(`${name} ${action}`, (out) => program(action, torture.file, out));
    ways.set("sessionhook backup", (out) => cliCommand(torture.app, torture.file, ["backup", out]));

    const app = torture.process();
    await app.start();
    const load = torture.load(app, 12);
    await load.acknowledges(100);
    const good = new Map<string, number>();
    let number = 0;
    const stops = [...ways].map(([name, command]) =>
      repeatedly(torture, 500, async () => {
        const out = join(folder, `${number++}.db`);
        if (await holdsAll(torture, name, command(out), out)) good.set(name, (good.get(name) ?? 0) + 1);
      }),
    );
    await pause(10_000);
    for (const stop of stops) await stop();
    await load.acknowledges(50);
    await kill9(torture, app);
    await load.stop();
    torture.check(load.improper.length === 0, `improper answers: ${load.improper.join(" | ")}`);
    for (const name of ways.keys()) torture.check(good.has(name), `no complete backup by ${name}`);
    torture.audit();
    const taken = [...good.values()].reduce((sum, count) => sum + count, 0);
    return `${taken} backups in ${ways.size} ways (${[...programs.keys()].join(", ")}, our own) beside 12 senders, then kill -9`;
  },
};

/** Makes a backup and compares its events with those acknowledged before. */
async function holdsAll(
  torture: Torture,
  name: string,
  command: readonly [string, ...string[]],
  out: string,
): Promise<boolean> {
  const before = torture.ledger.now();
  const ended = await runOutside(command);
  if (ended === "killed") return false;
  if (ended !== "done") {
    torture.problems.push(`${name}: ${String(ended)}`);
    return false;
  }
  const { acknowledged, lost, doubled, wrongBytes, integrity } = audit(out, before);
  const complete = lost + doubled + wrongBytes === 0 && integrity === "ok";
  torture.check(
    complete,
    `${name}: lost ${lost} of ${acknowledged}, doubled ${doubled}, wrong bytes ${wrongBytes}, integrity_check ${integrity}`,
  );
  for (const suffix of ["", "-wal", "-shm"]) rmSync(out + suffix, { force: true });
  return complete;
}
