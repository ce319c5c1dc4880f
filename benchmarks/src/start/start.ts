import { bodyPool } from "../load/requests.ts";
import { contenders, contendersIn, type Runtime } from "../processes/contenders.ts";
import { newFolder, type ServerCommand, ServerProcess } from "../processes/server-process.ts";
import { table } from "../report/table.ts";
import { secret } from "../secret.ts";
import { ratios, spread } from "../statistics.ts";
import { sign } from "@sessionhook/core";

/** Milliseconds since the start of the process, one value per round. */
interface Starts {
  readonly name: string;
  readonly runtime: Runtime;
  readonly floor: boolean;
  readonly listening: number[];
  readonly firstAnswer: number[];
}

/** Measures the start of the apps, with a new folder each time. */
export async function benchStart(
  runtimes: readonly Runtime[],
  rounds: number,
  base?: string,
): Promise<string> {
  const body = bodyPool("full")[0] as string;
  const others = base === undefined ? [] : await contendersIn(base, runtimes);
  const runnable = [...contenders(runtimes), ...others].filter(
    ({ kind, command }) => kind !== "by hand" && "file" in command,
  );
  const all = runnable.map(({ name, runtime, kind }): Starts => {
    return { name, runtime, floor: kind === "floor", listening: [], firstAnswer: [] };
  });
  for (let round = 0; round < rounds; round++)
    for (const [i, starts] of all.entries()) {
      const server = await ServerProcess.start(runnable[i]?.command as ServerCommand, newFolder());
      const heard = performance.now();
      const headers = sign(body, { id: `evt_${round}`, secret });
      const { status } = await fetch(server.url, { method: "POST", headers, body });
      if (status !== 200) throw new Error(`${starts.name} answered with status ${status}`);
      starts.listening.push(server.listeningAfter);
      starts.firstAnswer.push(server.listeningAfter + performance.now() - heard);
      await server.end("SIGKILL");
      server.removeFolder();
    }
  const rows = all.map((one) => {
    const floor = all.find(({ runtime, floor }) => floor && runtime === one.runtime);
    return [
      one.name,
      spread(one.listening),
      spread(one.firstAnswer),
      spread(ratios(one.firstAnswer, floor?.firstAnswer ?? []), 1),
    ];
  });
  const how = `${rounds} interleaved rounds; milliseconds since the start of the process.`;
  const starts = table(["", "listening", "first event stored", "× bare server"], rows);
  return [how, starts].join("\n\n");
}
