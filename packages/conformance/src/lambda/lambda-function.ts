import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { RuntimeApi } from "./runtime-api.js";

const loop = fileURLToPath(new URL("./runtime-loop.ts", import.meta.url));

/** The client of the Runtime API: the loop of this kit, or Lambda's own client. */
export type LambdaClient = "loop" | "ric";

/**
 * Returns the reason why aws-lambda-ric cannot be used here, if any. LAMBDA_RIC names the folder it is installed in.
 * @throws Error with the reason if REQUIRE_LAMBDA_RIC=1
 */
export function ricMissing(): string | undefined {
  const reason = existsSync(join(ricFolder(), "rapid-client.node"))
    ? undefined
    : "aws-lambda-ric, which has to be compiled, is not in the folder that LAMBDA_RIC names";
  if (reason !== undefined && process.env["REQUIRE_LAMBDA_RIC"] === "1") throw new Error(reason);
  return reason;
}

function ricFolder(): string {
  return resolve(process.env["LAMBDA_RIC"] ?? "", "node_modules", "aws-lambda-ric");
}

/** A function deployed on this machine: processes that run the handler and request invocations from a Runtime API. */
export class LambdaFunction {
  readonly api = new RuntimeApi();
  readonly #children: ChildProcess[] = [];
  /** Everything the environments printed. */
  output = "";

  /**
   * Starts execution environments and waits until each requests an invocation; rejects with the error of one that fails.
   * @param file the handler's module, which exports `handler`
   */
  async start(
    file: string,
    env: Readonly<Record<string, string>>,
    { client = "loop", environments = 1 }: { client?: LambdaClient; environments?: number } = {},
  ): Promise<this> {
    const address = await this.api.listen();
    const args = client === "ric" ? [join(ricFolder(), "index.mjs"), "handler.handler"] : [loop, file];
    for (let count = 0; count < environments; count++) {
      const child = spawn(process.execPath, args, {
        cwd: dirname(file),
        env: {
          PATH: process.env["PATH"] ?? "",
          ...lambdaVariables(file),
          ...env,
          AWS_LAMBDA_RUNTIME_API: address,
        },
      });
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => (this.output += chunk.toString()));
      child.once("exit", (code) => this.api.ended(`a runtime ended with ${code}: ${this.output}`));
      this.#children.push(child);
    }
    await this.api.ready(environments);
    return this;
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.#children.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill("SIGKILL");
        await once(child, "exit");
      }),
    );
    await this.api.close();
  }
}

/** The variables that Lambda sets in every environment. */
function lambdaVariables(file: string): Record<string, string> {
  return {
    _HANDLER: "handler.handler",
    LAMBDA_TASK_ROOT: dirname(file),
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_LAMBDA_FUNCTION_NAME: "test",
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
    AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/test",
    AWS_LAMBDA_LOG_STREAM_NAME: "test",
  };
}
