import type {
  BatchWriteItemInput,
  BatchWriteItemOutput,
  GetItemInput,
  GetItemOutput,
  PutItemInput,
  PutItemOutput,
  QueryInput,
  QueryOutput,
  UpdateItemInput,
  UpdateItemOutput,
} from "@aws-sdk/client-dynamodb";

/** The actions of DynamoDB that the store uses, each with its input and output. */
export interface Actions {
  BatchWriteItem: [BatchWriteItemInput, BatchWriteItemOutput];
  GetItem: [GetItemInput, GetItemOutput];
  PutItem: [PutItemInput, PutItemOutput];
  Query: [QueryInput, QueryOutput];
  UpdateItem: [UpdateItemInput, UpdateItemOutput];
}

/** Calls an action; rejects with an error whose `name` is DynamoDB's error code, or `TimeoutError`. */
export type Call = <Name extends keyof Actions>(
  action: Name,
  input: Actions[Name][0],
) => Promise<Actions[Name][1]>;

/** Sends requests to DynamoDB: the AWS SDK (`sdk-client.ts`) or our own small client (`signed-client.ts`). */
export interface TableClient {
  /** Starts an operation of the store; its calls share the time limit of the client, if it has one. */
  operation(): Call;
  close(): void;
}

/** The table of a store, with its retention and clock, for one operation. */
export interface Db {
  readonly call: Call;
  readonly table: string;
  readonly retentionDays: number | undefined;
  /** Returns Unix milliseconds. */
  readonly now: () => number;
}
