import { StoreError } from "@sessionhook/core";

/** DynamoDB's errors with the message to show for each; its own texts can quote names and keys. */
const messages: Readonly<Record<string, string>> = {
  ResourceNotFoundException: "The DynamoDB table or one of its indexes does not exist",
  ValidationException: "DynamoDB refused the request: the table may not be one of this store",
  AccessDeniedException: "This role may not use the DynamoDB table",
  CredentialsProviderError: "There are no AWS credentials",
  ProvisionedThroughputExceededException: "The DynamoDB table is being throttled",
  ThrottlingException: "The DynamoDB table is being throttled",
  RequestLimitExceeded: "The DynamoDB table is being throttled",
  TimeoutError: "DynamoDB did not answer in time",
};

/** Any failure of a method as `store_unavailable`; the cause is kept. */
export function unavailable(error: unknown): unknown {
  if (StoreError.isInstance(error) || error instanceof RangeError) return error;
  const name = error instanceof Error ? error.name : "";
  const message = Object.hasOwn(messages, name) ? messages[name] : undefined;
  return new StoreError("store_unavailable", message ?? "DynamoDB did not do its work", { cause: error });
}

/** True where a conditional write found its condition unmet. */
export function isConditionUnmet(error: unknown): boolean {
  return error instanceof Error && error.name === "ConditionalCheckFailedException";
}
