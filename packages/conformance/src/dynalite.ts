import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import process from "node:process";

/** Starts the server and prints its port; ends when its standard input closes, with the process that started it. */
const script = `
const server = require(process.argv[1])({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.resume().on("end", () => process.exit());
`;

export interface Dynalite {
  /** Address for `AWS_ENDPOINT_URL_DYNAMODB` or the `endpoint` of a client; any credentials will do. */
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Starts a local DynamoDB with the real protocol, in memory and in a separate process. */
export async function startDynalite(): Promise<Dynalite> {
  const require = createRequire(import.meta.url);
  const module = require.resolve("dynalite");
  const child = spawn(process.execPath, ["-e", script, module], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").once("data", (text: string) => resolve(text.trim()));
    child.once("error", reject).once("exit", (code) => reject(new Error(`dynalite ended with ${code}`)));
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.stdin.end();
      await exited;
    },
  };
}
