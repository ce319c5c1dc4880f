import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type Dynalite, startDynalite } from "@sessionhook/conformance/dynalite";
import { type LambdaClient, LambdaFunction } from "@sessionhook/conformance/lambda-fetch";
import { tableDefinition } from "@sessionhook/stores/dynamodb";

export const bundle = fileURLToPath(new URL("../dist/function/handler.mjs", import.meta.url));

export const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
export const adminToken = "an-admin-token-for-tests";

/** The bundled app as a Lambda function with a table in dynalite. */
export class LambdaFixture {
  #dynalite: Dynalite | undefined;
  #function = new LambdaFunction();

  get api() {
    return this.#function.api;
  }

  /** Address of dynalite. */
  get endpoint(): string {
    return this.#dynalite?.endpoint ?? "";
  }

  get output(): string {
    return this.#function.output;
  }

  /** @param env additional settings; undefined removes a default (secret, token or store) */
  async start(
    env: Readonly<Record<string, string | undefined>> = {},
    options: { client?: LambdaClient; environments?: number } = {},
  ): Promise<this> {
    if (!existsSync(bundle)) throw new Error("The function is not built; run npm test or turbo run build");
    this.#dynalite = await startDynalite();
    const { endpoint } = this.#dynalite;
    await makeTable(endpoint);
    const settings = {
      SESSIONHOOK_SECRETS: secret,
      SESSIONHOOK_ADMIN_TOKEN: adminToken,
      SESSIONHOOK_STORE: "dynamodb:events",
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      ...env,
    };
    const given = Object.entries(settings).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    await this.#function.start(bundle, Object.fromEntries(given), options);
    return this;
  }

  async stop(): Promise<void> {
    await this.#function.stop();
    await this.#dynalite?.stop();
  }
}

async function makeTable(endpoint: string): Promise<void> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new DynamoDBClient({ endpoint, region: "eu-central-1", credentials });
  await client.send(new CreateTableCommand(tableDefinition("events")));
  const describe = new DescribeTableCommand({ TableName: "events" });
  while ((await client.send(describe)).Table?.TableStatus !== "ACTIVE")
    await new Promise((resolve) => setTimeout(resolve, 5));
  client.destroy();
}
