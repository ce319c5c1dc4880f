import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { bodyPool } from "../load/requests.ts";
import { root } from "../paths.ts";
import { contenders, type Runtime, scriptOn } from "../processes/contenders.ts";
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

/** Measures the start of the apps (with a new folder each time), the import of core, and the Lambda bundle. */
export async function benchStart(runtimes: readonly Runtime[], rounds: number): Promise<string> {
  const body = bodyPool("full")[0] as string;
  const runnable = contenders(runtimes).filter(
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
  return [how, starts, imports(runtimes, rounds), lambda()].join("\n\n");
}

/** Times whole processes: an empty one, and those that import a library and verify one event. */
function imports(runtimes: readonly Runtime[], rounds: number): string {
  const scripts = ["import-nothing", "import-core", "import-standardwebhooks"];
  const rows = runtimes.flatMap((runtime) => {
    const commands = scripts.flatMap(
      (name) => scriptOn(runtime, join(root, "benchmarks", "src", "start", `${name}.mjs`)) ?? [],
    );
    if (commands.length === 0) return [];
    const times = commands.map(() => [] as number[]);
    for (let round = 0; round < rounds; round++)
      commands.forEach(({ file, args }, i) => {
        const began = performance.now();
        const { status, stderr } = spawnSync(file, args);
        if (status !== 0) throw new Error(`${scripts[i]} on ${runtime}: ${stderr}`);
        times[i]?.push(performance.now() - began);
      });
    const [nothing = [], core = [], peer = []] = times;
    return [[runtime, spread(nothing), spread(core), spread(ratios(core, nothing), 1), spread(peer)]];
  });
  const head = ["whole process, ms", "empty", "@sessionhook/core", "× empty", "standardwebhooks"];
  return table(head, rows);
}

/** Measures the Lambda bundle with the script of apps/aws-lambda. */
function lambda(): string {
  const args = ["scripts/measure.ts"];
  const said = execFileSync(process.execPath, args, {
    cwd: join(root, "apps", "aws-lambda"),
    encoding: "utf8",
  });
  return `AWS Lambda bundle:\n\n\`\`\`text\n${said.trim()}\n\`\`\``;
}
