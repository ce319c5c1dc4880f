import { StoreError } from "@sessionhook/core";

/** Messages to show for DynamoDB's errors; DynamoDB's own messages can contain names and keys. */
const messages: Readonly<Record<string, string>> = {
  ResourceNotFoundException: "The DynamoDB table or one of its indexes does not exist",
  ValidationException: "DynamoDB rejected the request: the table may have another schema than this store",
  AccessDeniedException: "The IAM role does not allow this operation on the DynamoDB table",
  CredentialsProviderError: "AWS credentials not found",
  ProvisionedThroughputExceededException: "The DynamoDB table is being throttled",
  ThrottlingException: "The DynamoDB table is being throttled",
  RequestLimitExceeded: "The DynamoDB table is being throttled",
  TimeoutError: "DynamoDB did not answer in time",
};

/** Converts any failure of a method to `store_unavailable` with the original error as its cause. */
export function unavailable(error: unknown): unknown {
  if (StoreError.isInstance(error) || error instanceof RangeError) return error;
  const name = error instanceof Error ? error.name : "";
  const message = Object.hasOwn(messages, name) ? messages[name] : undefined;
  return new StoreError("store_unavailable", message ?? "DynamoDB request failed", { cause: error });
}

/** Returns true for the error of a conditional write whose condition was not met. */
export function isConditionUnmet(error: unknown): boolean {
  return error instanceof Error && error.name === "ConditionalCheckFailedException";
}
