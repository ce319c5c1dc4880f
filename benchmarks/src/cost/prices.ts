/** AWS list prices for us-east-1 in US dollars, as of November 2026, without free tiers. */
export const prices = {
  lambdaRequest: 0.2 / 1e6,
  /** arm64, per GB-second. */
  lambdaGigabyteSecond: 0.0000133334,
  /** On-demand mode. */
  dynamodbWriteUnit: 0.625 / 1e6,
  /** Per GB and month. */
  dynamodbStorage: 0.25,
  dynamodbBackup: 0.2,
  /** CloudWatch, per ingested GB. */
  logs: 0.5,
  /** EBS gp3, per GB and month. */
  disk: 0.08,
};
