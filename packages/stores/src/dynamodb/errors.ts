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
  ExpiredTokenException: "The AWS credentials have expired",
  UnrecognizedClientException: "AWS does not know the credentials",
  InvalidSignatureException:
    "AWS rejected the signature: the secret key or the clock of this machine is wrong",
  LimitExceededException: "A limit of the AWS account is used up",
  ItemCollectionSizeLimitExceededException: "A limit of the DynamoDB table is used up",
  KMSAccessDeniedException: "The IAM role may not use the key that encrypts the DynamoDB table",
  InternalServerError: "DynamoDB has an internal error",
  ServiceUnavailable: "DynamoDB is unavailable",
  TimeoutError: "DynamoDB did not answer in time",
};

/** Converts any failure of a method to `store_unavailable` with the original error as its cause. */
export function unavailable(error: unknown): unknown {
  if (StoreError.isInstance(error) || error instanceof RangeError) return error;
  const name = error instanceof Error ? error.name : "";
  const message = Object.hasOwn(messages, name) ? messages[name] : regionMessage(error);
  return new StoreError("store_unavailable", message ?? "DynamoDB request failed", { cause: error });
}

/** The SDK reports a missing region without a name. */
function regionMessage(error: unknown): string | undefined {
  const missing = error instanceof Error && error.message === "Region is missing";
  return missing ? "The AWS region is not configured: set AWS_REGION" : undefined;
}

/** Returns true for the error of a conditional write whose condition was not met. */
export function isConditionUnmet(error: unknown): boolean {
  return error instanceof Error && error.name === "ConditionalCheckFailedException";
}
