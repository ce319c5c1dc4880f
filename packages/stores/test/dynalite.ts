import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import dynalite from "dynalite";
import { makeClient } from "../src/dynamodb/client.js";
import { tableDefinition } from "../src/dynamodb/table.js";

/** A DynamoDB on this machine that speaks the real protocol, in memory. */
export class Dynalite {
  readonly #server: Server;
  #tables = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<Dynalite> {
    const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Dynalite(server);
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  client(): DynamoDBClient {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    return makeClient({ endpoint: this.endpoint, region: "eu-central-1", credentials });
  }

  async makeTable(client: DynamoDBClient): Promise<string> {
    const table = `events-${++this.#tables}`;
    await client.send(new CreateTableCommand(tableDefinition(table)));
    return table;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
